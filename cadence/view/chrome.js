// Streamlit cannot translate its own few words ("Upload", "20MB per file", toolbar hints). This does, only inside the parts named
// below and only where a text is known; an unknown text stays English, nothing breaks. Filled in by view: WORDS, LANGUAGE, THEME, PRESENT. Below: pictures as files, Esc, paper, the phone.
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
  // A card's picture as a file: the chart as it stands, with title, scope and date above it, taken by Plotly's own (hidden) button.
  const picture = (plot, format, title) => {
    const {layout, _fullLayout: full, _context: context} = plot, {paper_bgcolor, margin, height} = layout, kept = layout.title, was = context.toImageButtonOptions;
    const told = key => document.querySelector(`.st-key-${key}`)?.innerText.trim() ?? "", head = 56, now = new Date();
    const today = now.getFullYear() * 10000 + now.getMonth() * 100 + 100 + now.getDate();
    const below = {text: [told("scope"), told("dated")].join(" · "), font: {size: 11, color: full.font.color}};
    layout.title = {text: title, subtitle: below, font: {size: 16, color: full.font.color}, x: 0, xref: "container", xanchor: "left", y: 1, yref: "container", yanchor: "top", pad: {t: 10, l: 10}};
    layout.margin = {...full.margin, t: full._size.t + head};
    layout.height = full.height + head;
    layout.paper_bgcolor = getComputedStyle(document.querySelector("[data-testid=stApp]")).backgroundColor;
    context.toImageButtonOptions = {format, scale: format === "png" ? 2 : 1, width: full.width, height: layout.height, filename: [title, told("scope").split(" · ")[0], today].join("_")};
    plot.querySelector(".modebar-btn").dispatchEvent(new MouseEvent("click"));   // copies the figure at once; unheard by the popover, which would close
    Object.assign(layout, {title: kept, paper_bgcolor, margin, height});
    context.toImageButtonOptions = was;
  };
  // Listeners of an earlier run go before those of this one come.
  window.cadenceListens?.abort();
  window.cadenceListens = new AbortController();
  const listen = (target, kind, heard, capture = false) => target.addEventListener(kind, heard, {capture, signal: window.cadenceListens.signal});
  listen(document, "click", event => {
    const [, format, id] = event.target.closest("[class*=st-key-picture_]")?.className.match(/st-key-picture_(png|svg)_(\S+)/) ?? [];
    const card = id && document.querySelector(`.st-key-card_${id}`), plot = card?.querySelector(".js-plotly-plot");
    if (!plot) return;
    event.stopPropagation();                                // nothing to ask the server
    picture(plot, format, card.querySelector("h3").innerText.trim());
  }, true);
  // Streamlit leaves the keyboard on the button of a popover, and what is in it comes last on the page: go in, and with Esc back.
  const inside = () => document.querySelector("[data-testid=stPopoverBody]");
  const enter = (tries, was) => {                          // what is in it comes piece by piece: the first that stays the first
    const first = inside()?.querySelector("button:not([disabled]), a[href], input, [tabindex='0']");
    if (first && first === was) first.focus();
    else if (tries) setTimeout(enter, 200, tries - 1, first);
    else if (inside()) { inside().tabIndex = -1; inside().focus(); }
  };
  let opener;
  listen(document, "keydown", event => {
    const button = event.target.closest?.("[data-testid=stPopover] button");
    if (button && !inside() && ["Enter", " "].includes(event.key)) { opener = button; enter(15); }
    if (event.key === "Escape" && inside()) setTimeout(() => opener?.isConnected && opener.focus(), 300);
  }, true);
  // Esc leaves the wall, unless it closes something that is open.
  listen(document, "keydown", event => {
    if (event.key === "Escape" && !document.querySelector("[role=dialog],[data-testid=stPopoverBody],[role=listbox]")) document.querySelector(".st-key-leave button")?.click();
  });
  // Paper keeps the width that the page has on the screen, so that no picture has to be drawn anew, and is made smaller as a whole.
  const page = () => document.querySelector("[data-testid=stMainBlockContainer]");
  listen(window, "beforeprint", () => {
    const style = getComputedStyle(page()), wide = page().clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    document.documentElement.style.setProperty("--wide", `${wide}px`);
    const smaller = Math.min(1, 688 / wide), room = 980 / smaller;                      // A4 less its margins, in px
    document.documentElement.style.setProperty("--smaller", smaller);
    document.querySelectorAll("[class*=st-key-card_]").forEach(card => {                // a card that is longer than a page is made to fit
      const plot = card.querySelector("[data-testid=stElementContainer]:has([data-testid=stPlotlyChart])"), rest = card.offsetHeight - (plot?.offsetHeight ?? 0);
      if (plot && card.offsetHeight > room) Object.assign(plot.style, {width: `${plot.offsetWidth}px`, zoom: Math.max(.4, (room - rest) / plot.offsetHeight)});
    });
  });
  listen(window, "afterprint", () => document.querySelectorAll("[data-testid=stElementContainer]").forEach(part => Object.assign(part.style, {width: "", zoom: ""})));
  document.documentElement.dataset.present = PRESENT;
  document.documentElement.dataset.theme = THEME;          // what is dark on the screen is turned over on paper
  // The line of a figure says nothing that its value, its change and its help do not say.
  const quiet = () => document.querySelectorAll("[data-testid=stMetricChart]:not([aria-hidden])").forEach(line => line.setAttribute("aria-hidden", "true"));
  window.cadenceQuiet?.disconnect();
  let due = 0;                                             // charts change the page thousands of times while they are drawn
  window.cadenceQuiet = new MutationObserver(() => { due ||= setTimeout(() => { due = 0; quiet(); }, 300); });
  window.cadenceQuiet.observe(document.body, {childList: true, subtree: true});
  quiet();
  // A number in a finding leads where its subject does: within the page, not to a new tab.
  listen(document, "click", event => {
    const number = event.target.closest("[class*=st-key-finding_] [data-testid=stMarkdown] a");
    const subject = number?.closest("[class*=st-key-finding_]").querySelector("[data-testid=stPageLink-NavLink]");
    if (!subject || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    subject.click();
  }, true);
  // On a phone the open menu would cover the page it led to.
  listen(document, "click", event => {
    if (innerWidth < 768 && event.target.closest(".st-key-menu a")) document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
  });
})();
