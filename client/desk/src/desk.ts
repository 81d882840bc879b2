// The little script that the desk and the phone pages need. Everything works without it but
// previews, charts and maps.
import "bootstrap/dist/css/bootstrap.min.css";
import "./desk.css";
import htmx from "htmx.org";
import "bootstrap/js/dist/collapse";
import "bootstrap/js/dist/dropdown";
import { decideByKeys } from "./keys";
import { once } from "./once";

// No eval and no inline style: the content security policy allows neither.
htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.attributesToSettle = ["class", "width", "height"];
// A field listens as soon as it is there: a scanner types faster than the usual 20 ms.
htmx.config.defaultSettleDelay = 0;
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "[45]..", swap: true, error: true },
];

function enhance(root: ParentNode): void {
  root.querySelectorAll<HTMLElement>("[data-chart]").forEach((element) => {
    void import("./charts").then((charts) => charts.draw(element));
  });
  root.querySelectorAll<HTMLElement>("[data-map]").forEach((element) => {
    void import("./maps").then((maps) => maps.draw(element));
  });
  once(root);
}

document.addEventListener("DOMContentLoaded", () => {
  enhance(document);
  decideByKeys();
  // On a phone the tabs are one line that is pushed sideways.
  document.querySelector(".nav-tabs .active")?.scrollIntoView({ inline: "center", block: "nearest" });
});
document.addEventListener("htmx:afterSwap", (event) => enhance(event.target as HTMLElement));

// "/" goes to the search box, as on any list that a clerk lives in.
document.addEventListener("keydown", (event) => {
  const typing = (event.target as HTMLElement).closest("input, textarea, select");
  if (event.key === "/" && !typing) {
    const box = document.querySelector<HTMLInputElement>("input[type=search]");
    if (box) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  }
});
