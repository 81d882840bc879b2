// Forms that are filled in where there is no network: what could not be sent is kept on this phone
// and sent when it can be. The page made the ids, so that sending twice does no harm. A kept form
// holds ids and a choice, no name.
const SHELF = "muster-kept";
const REFUSED = "muster-refused";
const HEADER = "X-Muster-Kept";
const GONE = [404, 409, 413, 422];

interface Kept {
  url: string;
  body: string;
}

function shelf(): Kept[] {
  try {
    return JSON.parse(localStorage.getItem(SHELF) ?? "[]") as Kept[];
  } catch {
    return [];
  }
}

function put(kept: Kept[]): void {
  localStorage.setItem(SHELF, JSON.stringify(kept));
  tell("[data-unsent]", kept.length);
}

function tell(box: string, count: number): void {
  document.querySelectorAll<HTMLElement>(box).forEach((each) => {
    each.hidden = count === 0;
    const figure = each.querySelector("[data-count]");
    if (figure) figure.textContent = String(count);
  });
}

function bodyOf(form: HTMLFormElement, button: HTMLButtonElement | null): string {
  const data = new URLSearchParams();
  new FormData(form).forEach((value, name) => {
    if (typeof value === "string") data.append(name, value);
  });
  if (button?.name) data.append(button.name, button.value);
  return data.toString();
}

// The page's own token: the one that was kept may be older than the log-in.
function tokened(body: string): string {
  const data = new URLSearchParams(body);
  const now = document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]");
  if (now) data.set("csrfmiddlewaretoken", now.value);
  return data.toString();
}

// 204 is the server's word that it has decided; its message waits for the next page. A redirect is
// the log-in: nothing was taken yet.
async function send(kept: Kept): Promise<number> {
  try {
    const answer = await fetch(kept.url, {
      method: "POST",
      redirect: "manual",
      headers: { "Content-Type": "application/x-www-form-urlencoded", [HEADER]: "1" },
      body: tokened(kept.body),
    });
    return answer.status;
  } catch {
    return 0;
  }
}

let busy = false;

async function empty(): Promise<void> {
  if (busy || !navigator.onLine) return;
  busy = true;
  let gone = 0;
  for (let kept = shelf()[0]; kept; kept = shelf()[0]) {
    const status = await send(kept);
    if (status !== 204 && !GONE.includes(status)) break;
    if (status !== 204) {
      localStorage.setItem(REFUSED, String(Number(localStorage.getItem(REFUSED) ?? 0) + 1));
    }
    put(shelf().slice(1));
    gone += 1;
  }
  busy = false;
  if (gone) window.location.reload();
}

export function keep(root: ParentNode): void {
  const forms = root.querySelectorAll<HTMLFormElement>("form[data-keep]");
  forms.forEach((form) => {
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return; // a question was answered with no
      event.preventDefault();
      const button = (event as SubmitEvent).submitter as HTMLButtonElement | null;
      put([...shelf(), { url: window.location.href, body: bodyOf(form, button) }]);
      void empty();
    });
  });
  if (!document.querySelector("[data-unsent]")) return;
  put(shelf());
  tell("[data-refused]", Number(localStorage.getItem(REFUSED) ?? 0));
  localStorage.removeItem(REFUSED);
  window.addEventListener("online", () => void empty());
  void empty();
}
