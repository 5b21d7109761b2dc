// Pages to measure in the real web view: /proto/?page=tree|aria-tree|table|rows. Not in the product.
import { createRoot } from "react-dom/client";
import "../src/base.css";
import { sampleBackend } from "../src/dev/sample";
import { setBackend } from "../src/ipc";
import { AriaTreePage, RowsPage, TablePage, TreePage } from "./pages";

setBackend(sampleBackend);
const page = new URLSearchParams(location.search).get("page");
const pages = { tree: TreePage, "aria-tree": AriaTreePage, table: TablePage, rows: RowsPage };
const Page = pages[page as keyof typeof pages] ?? TreePage;
const started = performance.now();
createRoot(document.getElementById("root") as HTMLElement).render(<Page />);
requestAnimationFrame(() =>
  requestAnimationFrame(() => Object.assign(window, { mounted: performance.now() - started })),
);
