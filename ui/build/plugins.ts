import { transformAsync } from "@babel/core";
import type { Plugin, Rolldown } from "vite";

/** Runs React Compiler over our own sources; types and JSX are left for Vite's own compiler. */
export function reactCompiler(): Plugin {
  return {
    name: "react-compiler",
    enforce: "pre",
    async transform(code, id) {
      const path = id.split("?")[0] ?? id;
      if (!/\/ui\/(src|proto)\/.*\.tsx?$/.test(path) || /\.test\.tsx?$/.test(path)) return null;
      const result = await transformAsync(code, {
        filename: path,
        babelrc: false,
        configFile: false,
        sourceMaps: true,
        parserOpts: { plugins: ["typescript", "jsx"] },
        plugins: [["babel-plugin-react-compiler", { target: "19" }]],
      });
      return result?.code ? { code: result.code, map: result.map } : null;
    },
  };
}

/**
 * style-mod (CodeMirror's style sheets) fills a `<style>` element unless it is mounted in a shadow
 * root. The content security policy allows no inline style, so it is told to use constructed
 * sheets in the document too. Fails the build when style-mod no longer has the line.
 */
export function styleModOnConstructedSheets(): Plugin {
  const from = "!root.head && root.adoptedStyleSheets";
  return {
    name: "style-mod-constructed-sheets",
    enforce: "pre",
    transform(code, id) {
      if (!/style-mod\/src\/style-mod\.js/.test(id)) return null;
      if (!code.includes(from)) throw new Error(`style-mod changed: "${from}" is gone, see build/plugins.ts`);
      return { code: code.replace(from, "root.adoptedStyleSheets"), map: null };
    },
  };
}

/**
 * The window freezes `Object.prototype`, and then a plain object takes no key `constructor`: the mode
 * of Kotlin has that keyword, and the module of all languages like C fails with it. The keys are
 * defined instead. Fails the build when the mode no longer has the line.
 */
export function modesWithoutPrototype(): Plugin {
  const from = "obj[words[i]] = true;";
  return {
    name: "modes-without-prototype",
    enforce: "pre",
    transform(code, id) {
      if (!/legacy-modes\/mode\/clike\.js/.test(id)) return null;
      if (!code.includes(from)) throw new Error(`clike changed: "${from}" is gone, see build/plugins.ts`);
      const to = "Object.defineProperty(obj, words[i], { value: true, enumerable: true });";
      return { code: code.replace(from, to), map: null };
    },
  };
}

/** Names the chunk of every module that is loaded with the page, before anything is asked for. */
export function withTheStart(page: string) {
  const found = new Set<string>();
  const follow = (id: string, modules: Rolldown.ChunkingContext) => {
    if (found.has(id)) return;
    found.add(id);
    for (const next of modules.getModuleInfo(id)?.importedIds ?? []) follow(next, modules);
  };
  return (id: string, modules: Rolldown.ChunkingContext) => {
    follow(page, modules);
    return found.has(id) ? "start" : null;
  };
}
