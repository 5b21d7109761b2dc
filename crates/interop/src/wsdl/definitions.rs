//! What a WSDL document and those it imports define.

use std::collections::{BTreeSet, HashSet};

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
    pub fn gather(files: &'d Files<'_>, path: &str) -> Option<Self> {
        let root = &files.read.get(path)?.root;
        let mut all = Self {
            root,
            schemas: Schemas::default(),
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
            self.schemas.read(files, key, root, None);
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
                        self.schemas.read(files, key, schema, None);
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
            let binding = port.refers("binding").and_then(|name| self.bindings.find(name));
            let Some(binding) = binding else {
                let named = port.text_of("binding");
                others.push((name, format!("Its binding {named} is not in the description")));
                continue;
            };
            match self.port(binding.element) {
                Ok(found) => {
                    ports.push(Port { service: Some(service), element: Some(port), ..found });
                }
                Err(why) => others.push((name, why)),
            }
        }
        (ports, others)
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
