"use strict";

// The API is on the same address as the page, so that it works wherever the page is.
const api = "/api/v1/";
const form = document.querySelector(".filters");
const places = document.querySelector(".places");

function chosen(kind) {
  return [...form.querySelectorAll(`input[data-kind=${kind}]:checked`)];
}

function showChosen() {
  const names = (kinds) => kinds.flatMap(chosen).map((box) => box.dataset.name).join(", ");
  form.querySelector(".locations em").textContent = names(["states", "cities"]);
  form.querySelector(".amenities em").textContent = names(["amenities"]);
}

function element(name, text, ...children) {
  const made = document.createElement(name);
  made.append(...(text ? [text] : []), ...children);
  return made;
}

function counted(number, noun) {
  return number === 1 ? `1 ${noun}` : `${number} ${noun}s`;
}

function card(place) {
  const facts = [
    counted(place.max_guest, "guest"),
    counted(place.number_rooms, "room"),
    counted(place.number_bathrooms, "bathroom"),
  ];
  const amenities = place.amenities.map((amenity) => amenity.name).join(", ");
  return element(
    "article",
    "",
    element("h2", place.name),
    element("strong", `$${place.price_by_night}`),
    element("p", `${place.city} · ${facts.join(" · ")}`),
    element("p", place.description),
    element("small", amenities),
  );
}

async function search() {
  const ids = (kind) => chosen(kind).map((box) => Number(box.value));
  const answer = await fetch(api + "places_search", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ states: ids("states"), cities: ids("cities"), amenities: ids("amenities") }),
  });
  const found = await answer.json();
  places.replaceChildren(...(found.length ? found.map(card) : [element("p", "Nothing fits.")]));
}

async function showStatus() {
  const light = document.getElementById("api_status");
  const answer = await fetch(api + "status");
  const isWell = answer.ok && (await answer.json()).status === "OK";
  light.classList.toggle("available", isWell);
  light.title = isWell ? "The API answers" : "The API does not answer";
}

form.addEventListener("change", showChosen);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  search();
});
showChosen();
showStatus();
search();
