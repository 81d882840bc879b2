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
        form.querySelectorAll<HTMLButtonElement>("button[type=submit]").forEach((each) => {
          each.disabled = true;
        });
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
  document.querySelectorAll<HTMLButtonElement>("button[type=submit]:disabled").forEach((each) => {
    each.disabled = false;
  });
});
