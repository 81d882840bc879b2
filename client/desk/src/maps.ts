// A map is a <div data-map="id of a json script">; the script holds places with level and link.
// No tiles are fetched: a city's map must work in a command post without a network.
import * as L from "leaflet";
import "leaflet/dist/leaflet.css";

interface Place {
  name: string;
  lat: number;
  lng: number;
  level: string;
  text: string;
  href: string;
  size: number;
}

const COLOURS: Record<string, string> = {
  lockdown: "#b42318",
  control: "#c4620a",
  precaution: "#1f6feb",
  short: "#b42318",
  some: "#c4620a",
  full: "#067647",
  "": "#667085",
};

// More names than this would hide the map under themselves: then they show where the pointer is.
const MOST_NAMES = 12;
const UNNAMED = ["", "some", "full"];

export function draw(element: HTMLElement): void {
  const source = document.getElementById(element.dataset["map"] ?? "");
  if (!source || element.dataset["drawn"]) return;
  element.dataset["drawn"] = "";
  const places = JSON.parse(source.textContent ?? "[]") as Place[];
  const map = L.map(element, { attributionControl: false, zoomSnap: 0.5 });
  const named = places.filter((place) => !UNNAMED.includes(place.level)).length <= MOST_NAMES;
  const markers = places.map((place) => {
    const label = document.createElement("a");
    label.href = place.href;
    label.textContent = `${place.name} · ${place.text}`;
    return L.circleMarker([place.lat, place.lng], {
      radius: place.size,
      color: COLOURS[place.level] ?? COLOURS[""],
      fillOpacity: 0.6,
      weight: 2,
    })
      .bindPopup(label)
      .bindTooltip(place.name, { permanent: named && !UNNAMED.includes(place.level), direction: "right" });
  });
  const group = L.featureGroup(markers).addTo(map);
  if (markers.length) map.fitBounds(group.getBounds().pad(0.2), { maxZoom: 16 });
}
