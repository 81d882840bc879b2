// Forms are sent once; dangerous buttons ask first; print and copy buttons do what they say.
export function once(root: ParentNode): void {
  root.querySelectorAll<HTMLFormElement>("form:not([data-once])").forEach((form) => {
    form.dataset["once"] = "";
    form.addEventListener("submit", (event) => {
      const button = (event as SubmitEvent).submitter as HTMLButtonElement | null;
      const question = button?.dataset["confirm"] ?? form.dataset["confirm"];
      if (question && !window.confirm(question)) {
        event.preventDefault();
        return;
      }
      if (form.hasAttribute("hx-post") || form.method === "get") return;
      window.setTimeout(() => {
        // Also buttons that stand elsewhere and belong to the form.
        for (const each of form.elements) {
          if (!(each instanceof HTMLButtonElement) || each.disabled || each.type !== "submit") continue;
          each.disabled = true;
          each.dataset["sent"] = "";
        }
      });
    });
  });
  root.querySelectorAll<HTMLElement>("[data-print]").forEach((button) => {
    button.onclick = () => window.print();
  });
  root.querySelectorAll<HTMLElement>("[data-copy]").forEach((button) => {
    button.onclick = () => {
      const source = document.querySelector<HTMLElement>(button.dataset["copy"] ?? "");
      if (source) void navigator.clipboard.writeText(source.innerText);
    };
  });
  root.querySelectorAll<HTMLSelectElement>("select[data-go]").forEach((select) => {
    select.onchange = () => select.form?.requestSubmit();
  });
}

// A page that comes back from the cache must not keep its buttons disabled.
window.addEventListener("pageshow", () => {
  document.querySelectorAll<HTMLButtonElement>("button[data-sent]").forEach((each) => {
    each.disabled = false;
    delete each.dataset["sent"];
  });
});
