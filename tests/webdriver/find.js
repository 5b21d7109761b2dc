// Elements that may have the role and the name asked for. The browser has the last word on both: this only spares
// it the question for the thousands that cannot. Arguments: root or null, role, name or "".
const [root, role, name] = arguments;

const implied = {
  article: "article",
  banner: "header",
  button: "button, summary, input[type=button], input[type=submit], input[type=reset]",
  cell: "td",
  checkbox: "input[type=checkbox]",
  columnheader: "th",
  combobox: "select:not([multiple])",
  complementary: "aside",
  contentinfo: "footer",
  dialog: "dialog",
  form: "form",
  group: "fieldset, details",
  heading: "h1, h2, h3, h4, h5, h6",
  image: "img, svg, [role=img]",
  link: "a[href]",
  list: "ul, ol",
  listbox: "select[multiple]",
  listitem: "li",
  main: "main",
  navigation: "nav",
  option: "option",
  paragraph: "p",
  progressbar: "progress",
  radio: "input[type=radio]",
  region: "section",
  row: "tr",
  searchbox: "input[type=search]",
  separator: "hr",
  slider: "input[type=range]",
  spinbutton: "input[type=number]",
  status: "output",
  table: "table",
  textbox:
    "input:not([type]), input[type=text], input[type=url], input[type=email], input[type=tel], " +
    "input[type=password], textarea",
};

const squeeze = (text) => (text ?? "").replace(/\s+/g, "");
const wanted = squeeze(name);

function sources(element) {
  const labels = [...(element.labels ?? [])].map((label) => label.textContent);
  const named = (element.getAttribute("aria-labelledby") ?? "")
    .split(/\s+/)
    .filter(Boolean)
    .map((id) => document.getElementById(id))
    .map((other) => other?.getAttribute("aria-label") ?? other?.textContent);
  const own = ["aria-label", "title", "alt", "placeholder", "value"].map((key) => element.getAttribute(key));
  return [named.join(""), ...labels, ...own, element.textContent];
}

const mayBeNamed = (element) =>
  wanted === "" ||
  // A name put together from named parts is left to the browser.
  element.querySelector("[aria-label], [title], img[alt]") !== null ||
  sources(element).some((text) => squeeze(text).includes(wanted));

const shown = (element) =>
  element.checkVisibility({ visibilityProperty: true }) && element.closest("[inert], [aria-hidden=true]") === null;

const selector = [`[role~="${role}"]`, implied[role]].filter(Boolean).join(", ");
return [...(root ?? document).querySelectorAll(selector)].filter((element) => shown(element) && mayBeNamed(element));
