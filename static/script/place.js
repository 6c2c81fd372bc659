// From a point on a map to a place on the earth.
//
// The map's SVG carries data-views: for each of its frames, the smallest first, the rectangle that it fills on the sheet
// (x y width height) and how it was projected (meridian n c rho_0, then scale and shift of the sheet: see the
// projection's own code). The inverse is Snyder's (USGS Professional Paper 1395, equations 14-8 to 14-11, 10-19, 3-16).

const RADIUS = 6378137;
const FLATNESS = 0.0066943799901413165;

/** The frames of a map. */
function framesOf(svg) {
  return (svg.dataset.views ?? '').split(';').filter(Boolean).map((text) => text.split(' ').map(Number));
}

/** The place that a point of the sheet shows, in degrees; null beyond the edge of the earth. */
function placeAt(frames, x, y) {
  const frame = frames.find(([left, top, width, height]) => x >= left && x <= left + width && y >= top && y <= top + height);
  if (!frame) return null;
  const [, , , , meridian, n, c, rho0, scale, shiftX, shiftY] = frame;
  const east = (x - shiftX) / scale;
  const north = (shiftY - y) / scale;
  let longitude;
  let q;
  if (n === 0) {
    longitude = east / (RADIUS * c);
    q = (2 * north * c) / RADIUS;
  } else {
    const side = Math.sign(n);
    const rho = Math.hypot(east, rho0 - north);
    longitude = Math.atan2(side * east, side * (rho0 - north)) / n;
    q = (c - ((rho * n) / RADIUS) ** 2) / n;
  }
  const lat = degrees(latitude(q));
  const lon = ((meridian + degrees(longitude) + 540) % 360) - 180;
  return Number.isFinite(lat) && Math.abs(lat) <= 90 ? { lat, lon } : null;
}

/** The latitude whose authalic function is q, in radians: three steps are exact to a metre, six to the last digit. */
function latitude(q) {
  const e = Math.sqrt(FLATNESS);
  let phi = Math.asin(q / 2);
  for (let step = 0; step < 6; step += 1) {
    const sin = Math.sin(phi);
    const rest = 1 - FLATNESS * sin * sin;
    const off = q / (1 - FLATNESS) - sin / rest + Math.log((1 - e * sin) / (1 + e * sin)) / (2 * e);
    phi += ((rest * rest) / (2 * Math.cos(phi))) * off;
  }
  return phi;
}

function degrees(radians) {
  return (radians * 180) / Math.PI;
}
