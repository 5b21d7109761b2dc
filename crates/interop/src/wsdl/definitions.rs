//! What a WSDL document and those it imports define.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::load::Files;
use super::made::Hints;
use super::names::{HTTP, SOAP, SOAP12, WSDL, XSD};
use super::schemas::{Declared, Schemas, Table};
use super::xml::{Element, Name};

/// A description with everything that it imports.
pub(super) struct Definitions<'d> {
    pub root: &'d Element,
    pub schemas: Schemas<'d>,
    pub hints: Hints,
    messages: Table<'d>,
    port_types: Table<'d>,
    bindings: Table<'d>,
    /// In their order, so that they are there where nothing offers them.
    pub all_bindings: Vec<&'d Element>,
    pub services: Vec<&'d Element>,
    /// Its files with their target namespaces.
    pub listed: Vec<(String, String)>,
    /// Extensions that mean something to the service and nothing here, such as `wsp:Policy`.
    pub extensions: BTreeSet<String>,
    /// Target namespace of each WSDL document, by the number its declarations have.
    spaces: Vec<String>,
}

/// A port with its binding.
#[derive(Clone, Copy)]
pub(super) struct Port<'d> {
    pub service: Option<&'d Element>,
    /// The port itself; none where no service offers the binding.
    pub element: Option<&'d Element>,
    pub binding: &'d Element,
    /// The port type of the binding.
    pub kind: Option<Declared<'d>>,
    pub protocol: Protocol,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Protocol {
    Soap11,
    Soap12,
    Http,
}

impl Protocol {
    /// The namespace of its elements in a binding.
    pub fn space(self) -> &'static str {
        match self {
            Self::Soap11 => SOAP,
            Self::Soap12 => SOAP12,
            Self::Http => HTTP,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Soap11 => "SOAP 1.1",
            Self::Soap12 => "SOAP 1.2",
            Self::Http => "HTTP",
        }
    }
}

impl<'d> Definitions<'d> {
    /// Gathers what the document of that path and those it imports define.
    /// Of its schemas at most `left` declarations are read.
    pub fn gather(files: &'d Files<'_>, path: &str, left: usize) -> Option<Self> {
        let root = &files.read.get(path)?.root;
        let mut all = Self {
            root,
            schemas: Schemas::new(left),
            hints: Hints::default(),
            messages: Table::default(),
            port_types: Table::default(),
            bindings: Table::default(),
            all_bindings: Vec::new(),
            services: Vec::new(),
            listed: Vec::new(),
            extensions: BTreeSet::new(),
            spaces: Vec::new(),
        };
        let mut seen = HashSet::from([path.to_owned()]);
        let mut open = std::collections::VecDeque::from([path.to_owned()]);
        while let Some(key) = open.pop_front() {
            let Some(document) = files.read.get(&key) else { continue };
            for (prefix, space) in &document.prefixes {
                all.hints.add(prefix, space);
            }
            all.listed.push((key.clone(), document.root.text_of("targetNamespace").to_owned()));
            all.read(files, &key, &document.root, &mut |location| {
                let found = files.resolve(&key, location);
                if let Some(found) = found.filter(|found| seen.insert(found.clone())) {
                    open.push_back(found);
                }
            });
        }
        all.schemas.redefine();
        let schemas = std::mem::take(&mut all.schemas.listed);
        for (file, space) in schemas {
            if !all.listed.iter().any(|(other, _)| *other == file) {
                if let Some(document) = files.read.get(&file) {
                    for (prefix, space) in &document.prefixes {
                        all.hints.add(prefix, space);
                    }
                }
                all.listed.push((file, space));
            }
        }
        Some(all)
    }

    fn read(
        &mut self,
        files: &'d Files<'_>,
        key: &str,
        root: &'d Element,
        import: &mut dyn FnMut(&str),
    ) {
        if root.is(XSD, "schema") {
            self.schemas.read(files, key, root);
            return;
        }
        let space = root.text_of("targetNamespace");
        let schema = self.spaces.len();
        self.spaces.push(space.to_owned());
        for child in &root.children {
            let name = Name::new(space, child.text_of("name"));
            let declared = Declared { element: child, schema };
            if &*child.name.space != WSDL {
                self.extend(child);
                continue;
            }
            match &*child.name.local {
                "import" => import(child.text_of("location").split('#').next().unwrap_or_default()),
                "types" => {
                    for schema in child.all(XSD, "schema") {
                        self.schemas.read(files, key, schema);
                    }
                }
                "message" => drop(self.messages.insert(name, declared)),
                "portType" => drop(self.port_types.insert(name, declared)),
                "binding" => {
                    self.all_bindings.push(child);
                    self.bindings.insert(name, declared);
                }
                "service" => self.services.push(child),
                _ => {}
            }
        }
    }

    fn extend(&mut self, element: &Element) {
        let local = &*element.name.local;
        if !element.name.space.is_empty() && local != "documentation" && self.extensions.len() < 50
        {
            self.extensions.insert(local.to_owned());
        }
    }

    /// How many requests its ports make.
    pub fn operations(&self) -> usize {
        let mut known: HashMap<*const Element, usize> = HashMap::new();
        let mut count = |binding: &'d Element| -> usize {
            let own = || binding.all(WSDL, "operation").count();
            *known.entry(std::ptr::from_ref(binding)).or_insert_with(own)
        };
        if !self.has_ports() {
            return self.all_bindings.iter().map(|binding| count(binding)).sum();
        }
        let ports = self.services.iter().flat_map(|service| service.all(WSDL, "port"));
        let bindings = ports.filter_map(|port| self.bindings.find(port.refers("binding")?));
        bindings.map(|binding| count(binding.element)).sum()
    }

    pub fn message(&self, name: &Name) -> Option<&'d Element> {
        self.messages.find(name).map(|found| found.element)
    }

    /// The target namespace of the document that a port type is in.
    pub fn space(&self, declared: Declared<'_>) -> &str {
        self.spaces.get(declared.schema).map(String::as_str).unwrap_or_default()
    }

    /// The ports of a service whose bindings are there; the names of the others with why not.
    pub fn ports(&self, service: &'d Element) -> (Vec<Port<'d>>, Vec<(String, String)>) {
        let (mut ports, mut others) = (Vec::new(), Vec::new());
        for port in service.all(WSDL, "port") {
            let name = port.text_of("name").to_owned();
            let Some(binding) = self.binding(port) else {
                let named = port.text_of("binding");
                others.push((name, format!("Its binding {named} is not in the description")));
                continue;
            };
            match self.port(binding) {
                Ok(found) => {
                    ports.push(Port { service: Some(service), element: Some(port), ..found });
                }
                Err(why) => others.push((name, why)),
            }
        }
        (ports, others)
    }

    /// The binding of a port. Where there is but one port and one binding they belong together,
    /// whatever they are called: they do not fit in the example of the standard itself.
    fn binding(&self, port: &'d Element) -> Option<&'d Element> {
        let named = port.refers("binding").and_then(|name| self.bindings.find(name));
        named.map(|one| one.element).or_else(|| match (&*self.services, &*self.all_bindings) {
            ([service], [binding]) if service.all(WSDL, "port").count() == 1 => Some(*binding),
            _ => None,
        })
    }

    /// Whether any service has a port.
    pub fn has_ports(&self) -> bool {
        self.services.iter().any(|service| service.child(WSDL, "port").is_some())
    }

    /// A binding as a port without an address.
    pub fn port(&self, binding: &'d Element) -> Result<Port<'d>, String> {
        let found = [(SOAP, Protocol::Soap11), (SOAP12, Protocol::Soap12), (HTTP, Protocol::Http)];
        let found = found.into_iter().find(|(space, _)| binding.child(space, "binding").is_some());
        let Some((space, protocol)) = found else {
            return Err("Its binding is neither SOAP nor HTTP".to_owned());
        };
        let transport = binding.child(space, "binding").map(|one| one.text_of("transport"));
        if let Some(transport) = transport.filter(|one| !one.is_empty() && !one.contains("http")) {
            return Err(format!("Its transport is {transport}, not HTTP"));
        }
        let kind = binding.refers("type").and_then(|name| self.port_types.find(name));
        Ok(Port { service: None, element: None, binding, kind, protocol })
    }
}
