/** The picture of a subnet: a map of squares, its legend, and the same as a table. */
import { type TemplateResult, html, nothing, svg } from "lit";
import type { AddressUse } from "../../src/model/addressPlan";
import { type PicturePart, type PoolPicture, useNames } from "../../src/wizard/picture";
import { useLetters } from "./symbols";

/** Side of a square and of the step to the next one, in units of the drawing. */
const side = 17;
const step = 20;
/** Of a character of the rows' labels. */
const labelStep = 7.3;

export function subnetMap(pool: PoolPicture): TemplateResult {
  const columns = pool.rows[0]?.cells.length ?? 0;
  const longest = Math.max(...pool.rows.map((row) => row.label.length));
  const left = Math.ceil(longest * labelStep) + 10;
  const width = left + Math.max(columns, 16) * step;
  const height = pool.rows.length * step;
  const counted = countText(pool.total, "address", "addresses");
  const summary = `Map of ${pool.subnet}: ${counted}, ${countText(pool.free)} free.`;
  return html`<section class="map" aria-label="Subnet ${pool.subnet}">
    <div class="map-title">
      <h2>${pool.subnet}</h2>
      <span>${counted}, ${countText(pool.free)} free</span>
    </div>
    <svg
      viewBox="0 0 ${width} ${height}"
      role="img"
      aria-label="${summary} The table has the same."
    >
      ${patterns()}
      ${pool.rows.map(
        (row, y) => svg`<text class="row-label" x="0" y=${y * step + 13}>${row.label}</text>
          ${row.cells.map((cell, x) => square(cell.use, left + x * step, y * step, cell.title))}`,
      )}
    </svg>
    ${
      pool.perCell === "1"
        ? nothing
        : html`<p class="scale">One square is ${countText(pool.perCell)} addresses.</p>`
    }
    <ul class="legend">
      ${pool.counts.map(
        ({ use, count }) =>
          html`<li>
            <svg viewBox="0 0 ${side} ${side}" aria-hidden="true">${square(use, 0, 0)}</svg>
            ${useNames[use]} <span class="count">${countText(count)}</span>
          </li>`,
      )}
    </ul>
    <details>
      <summary>The same as a table</summary>
      ${table(pool)}
    </details>
  </section>`;
}

function square(use: AddressUse, x: number, y: number, title?: string): TemplateResult {
  const letter = useLetters[use];
  return svg`<g class="cell use-${use}" transform="translate(${x} ${y})">
    ${title === undefined ? nothing : svg`<title>${title}</title>`}
    <rect x="0.5" y="0.5" width=${side - 1} height=${side - 1} rx="3" />
    ${use === "dhcp" ? svg`<rect class="pattern" width=${side} height=${side} rx="3" fill="url(#stripes)" />` : nothing}
    ${use === "dynamic" ? svg`<rect class="pattern" width=${side} height=${side} rx="3" fill="url(#dots)" />` : nothing}
    ${use === "network" || use === "broadcast" ? svg`<path class="pattern" d="M4.5 4.5l8 8m0-8l-8 8" />` : nothing}
    ${letter ? svg`<text x=${side / 2} y="12.5">${letter}</text>` : nothing}
  </g>`;
}

function patterns(): TemplateResult {
  return svg`<defs>
    <pattern id="stripes" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect class="ink" width="1.6" height="5" />
    </pattern>
    <pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse">
      <circle class="ink" cx="2.6" cy="2.6" r="1.15" />
    </pattern>
  </defs>`;
}

function table(pool: PoolPicture): TemplateResult {
  return html`<table>
    <caption>
      What the addresses of ${pool.subnet} are used for
    </caption>
    <thead>
      <tr>
        <th scope="col">From</th>
        <th scope="col">To</th>
        <th scope="col">Addresses</th>
        <th scope="col">Use</th>
        <th scope="col">Who</th>
      </tr>
    </thead>
    <tbody>
      ${pool.parts.map(tableRow)}
    </tbody>
  </table>`;
}

function tableRow(part: PicturePart): TemplateResult {
  return html`<tr>
    <td class="address">${part.first}</td>
    <td class="address">${part.last}</td>
    <td class="number">${countText(part.count)}</td>
    <td>${useNames[part.use]}</td>
    <td>${part.labels.join(", ")}</td>
  </tr>`;
}

/** `254`, `65,536`, or `about 2^64` where nobody reads the digits any more. */
function countText(count: string, one = "", many = one): string {
  const number = BigInt(count);
  const text =
    number < 10_000_000n ? number.toLocaleString("en") : `about 2^${nearestPower(number)}`;
  const noun = number === 1n ? one : many;
  return noun === "" ? text : `${text} ${noun}`;
}

/** The power of two that is nearest: 2^64 less a few addresses is still about 2^64. */
function nearestPower(number: bigint): number {
  const bits = number.toString(2).length;
  return number + number / 2n >= 1n << BigInt(bits) ? bits : bits - 1;
}
