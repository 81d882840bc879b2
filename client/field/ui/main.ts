// Vant's own style entries bring an icon font in a data: address, which the page's policy refuses.
import "vant/es/style/base.css";
import "vant/es/overlay/index.css";
import "vant/es/popup/index.css";
import { createApp } from "vue";
import App from "./App.vue";
import { keepsGaps } from "./gaps";
import "./lane.css";

document.documentElement.classList.toggle("gapless", !keepsGaps(document));
createApp(App).mount("#app");

if ("serviceWorker" in navigator) {
  window.addEventListener("load", () => {
    void navigator.serviceWorker.register("/lane/sw.js", { scope: "/lane/" }).then((kept) => {
      // A new version waits until a start: never in the middle of a tube.
      kept.waiting?.postMessage({ type: "SKIP_WAITING" });
    });
  });
}
