import type { Row } from './measure.ts';

/** The rows as an aligned table for a terminal. */
export function formatTable(rows: readonly Row[]): string {
  const cells = [
    ['', 'figure', 'limit', 'ratio', 'goal'],
    ...rows.map((row) => [
      row.name,
      formatFigure(row.figure, row.unit),
      row.limit === null ? '' : formatFigure(row.limit, row.unit),
      row.ratio === null ? '' : row.ratio.toFixed(2),
      row.goal === null ? '' : `${row.goal.text} ${row.goal.reached ? '✓' : '✗'}`,
    ]),
  ];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  return cells
    .map((line) =>
      line
        .map((cell, column) =>
          column === 0 || column === 4
            ? cell.padEnd(widths[column] ?? 0)
            : cell.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function formatFigure(figure: number, unit: Row['unit']): string {
  const digits = figure < 10 ? 2 : figure < 100 ? 1 : 0;
  return `${figure.toFixed(digits)} ${unit}`;
}
