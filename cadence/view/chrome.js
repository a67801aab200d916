// Streamlit cannot translate its own few words ("Upload", "20MB per file", toolbar hints). This does, only inside the parts named
// below and only where a text is known; an unknown text stays English, nothing breaks. Filled in by view: WORDS, LANGUAGE.
(() => {
  const words = WORDS;                                     // {"Upload": "选择文件", "{} per file": "每个文件不超过 {}", …}; empty in English
  const parts = "[data-testid=stFileUploader],[data-testid=stElementToolbar],[data-testid=stSelectbox],[data-testid=stMultiSelect],[data-testid=stTooltipContent],[role=tooltip],[role=listbox],[role=dialog],[data-testid=stSidebarCollapseButton],[data-testid=stExpandSidebarButton],.modebar";
  const gaps = Object.keys(words).filter(word => word.includes("{}")).map(word => [...word.split("{}"), words[word]]);
  const said = text => {
    const bare = text.trim();
    if (Object.hasOwn(words, bare)) return text.replace(bare, words[bare]);
    for (const [before, after, to] of gaps) {
      const end = text.indexOf(after, before.length);
      if (text.startsWith(before) && end > 0) return to.replace("{}", text.slice(before.length, end)) + text.slice(end + after.length);
    }
    return text;
  };
  const speak = node => {
    if (node.nodeType === 3) { const now = said(node.data); if (now !== node.data) node.data = now; return; }
    if (node.nodeType !== 1) return;
    for (const name of ["aria-label", "data-title", "title"]) {
      const was = node.getAttribute(name), now = was && said(was);
      if (now !== was) node.setAttribute(name, now);
    }
    node.childNodes.forEach(speak);
  };
  const look = node => {
    const root = node.nodeType === 1 ? node : node.parentElement;
    if (root) root.closest(parts) ? speak(root) : root.querySelectorAll(parts).forEach(speak);
  };
  document.documentElement.lang = LANGUAGE;                // screen readers, and Chinese rather than Japanese glyphs
  window.cadenceWords?.disconnect();
  if (gaps.length) {
    window.cadenceWords = new MutationObserver(changes => changes.forEach(c => c.type === "childList" ? c.addedNodes.forEach(look) : look(c.target)));
    window.cadenceWords.observe(document.body, {childList: true, subtree: true, characterData: true});
    look(document.body);
  }
  // A number in a finding leads where its subject does: within the page, not to a new tab.
  window.cadenceNumbers ??= document.addEventListener("click", event => {
    const number = event.target.closest("[class*=st-key-finding_] [data-testid=stMarkdown] a");
    const subject = number?.closest("[class*=st-key-finding_]").querySelector("[data-testid=stPageLink-NavLink]");
    if (!subject || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    subject.click();
  }, true) ?? true;
  // On a phone the open menu would cover the page it led to.
  window.cadenceMenu ??= document.addEventListener("click", event => {
    if (innerWidth < 768 && event.target.closest(".st-key-menu a")) document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
  }) ?? true;
})();
