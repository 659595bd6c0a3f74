/** The dark squares of a code as one path: a row's neighbours are one stroke of it. */
export function drawSquares(rows: readonly (readonly boolean[])[]): string {
  return rows.map((row, y) => drawRow(row, y)).join('');
}

function drawRow(row: readonly boolean[], y: number): string {
  let path = '';
  for (let x = 0; x < row.length;) {
    let end = x;
    while (row[end] === true) end += 1;
    if (end > x) path += `M${x} ${y}h${end - x}v1h${x - end}z`;
    x = end + 1;
  }
  return path;
}
