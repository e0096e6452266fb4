"use strict";

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 480;
const TOP = 8;
const BOTTOM = 100;
const LEFT = 34;

function element(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  if (text !== undefined) made.textContent = text;
  return made;
}

// Draws lines of values over the samples; what is not known leaves a gap.
function chart(id, samples, lines, least) {
  const svg = document.getElementById(id);
  const values = lines.flatMap(line => samples.map(line.of)).filter(value => value !== undefined);
  const most = Math.max(least, ...values);
  const x = i => LEFT + (WIDTH - LEFT - 4) * i / Math.max(1, samples.length - 1);
  const y = value => BOTTOM - (BOTTOM - TOP) * value / most;
  svg.replaceChildren();
  for (const part of [0, 0.5, 1]) {
    svg.append(element("line", {x1: LEFT, x2: WIDTH - 4, y1: y(most * part), y2: y(most * part)}));
    svg.append(element("text", {x: 2, y: y(most * part) + 3}, (most * part).toFixed(most < 10 ? 1 : 0)));
  }
  for (const line of lines) {
    let d = "";
    let pen = "M";
    samples.forEach((sample, i) => {
      const value = line.of(sample);
      if (value === undefined) {
        pen = "M";
      } else {
        d += pen + x(i).toFixed(1) + " " + y(value).toFixed(1);
        pen = "L";
      }
    });
    svg.append(element("path", {class: line.name, d: d}));
  }
}

function show(state) {
  document.getElementById("title").textContent = state.api + " to " + state.version;
  const badge = document.getElementById("state");
  badge.textContent = state.state;
  badge.className = state.state;
  const steps = document.getElementById("steps");
  steps.replaceChildren(...state.steps.map((weight, i) => {
    const item = document.createElement("li");
    item.textContent = weight + " %";
    item.className = i < state.step ? "done" : "";
    return item;
  }));
  document.getElementById("gates").textContent = "gates: " + state.gates.join(", ");
  document.getElementById("events").textContent = state.events.join("\n");
  const both = part => ["v1", "v2"].map(name => ({name: name, of: sample => sample[part][name]}));
  chart("shares", state.samples, [
    {name: "wanted", of: sample => sample.share},
    {name: "v2", of: sample => sample.seen}], 100);
  chart("errors", state.samples, both("errors"), 10);
  chart("latency", state.samples, both("latency"), 10);
}

new EventSource("/changes").onmessage = event => show(JSON.parse(event.data));
