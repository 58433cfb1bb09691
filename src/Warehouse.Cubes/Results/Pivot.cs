using System.Globalization;
using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;
using Warehouse.Cubes.Query;

namespace Warehouse.Cubes.Results;

/// <summary>
/// Makes the values of one member columns: each value, then the rest of a ranking, then the total over the member, has a column for
/// each measure. Cells are moved, none is computed, so that a pivot table shows the very numbers of the list.
/// </summary>
internal sealed class Pivot
{
    private const string NoValue = "(none)";
    private const string Total = "Total";

    private readonly CubeQuery _query;
    private readonly int _place;
    private readonly bool _showsTotal;

    /// <param name="query">A query with a pivot.</param>
    public Pivot(CubeQuery query)
    {
        _query = query;
        var member = query.Pivot!;
        Name[] rows = [.. query.By.Where(name => !string.Equals(name.Text, member.Text, StringComparison.Ordinal))];
        _place = rows.Length;
        _showsTotal = query.Totals.Kind != TotalsKind.None;
        Cells = query with
        {
            By = [.. rows, member],
            Pivot = null,
            Limit = null,
            Offset = 0,
            Totals = Totals(query, rows, member),
        };
    }

    /// <summary>The query whose rows are the pivot's cells.</summary>
    public CubeQuery Cells { get; }

    public CubeResult Of(CubeResult cells)
    {
        CubeColumn[] measures = [.. cells.Columns.Where(column => !column.IsMember)];
        var heads = Heads(cells);
        var rows = new List<CubeRow>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var cell in cells.Rows)
        {
            var key = Key(cell);
            if (!places.TryGetValue(key, out var row))
            {
                row = rows.Count;
                places.Add(key, row);
                var values = new object?[_place + (heads.Count * measures.Length)];
                Array.Copy(cell.Values, values, _place);
                rows.Add(new CubeRow(values, cell.Total & ~Bit, cell.Rest & ~Bit));
            }

            if (heads.TryGetValue(Head(cell), out var column))
            {
                Array.Copy(cell.Values, _place + 1, rows[row].Values, _place + (column.Place * measures.Length), measures.Length);
            }
        }

        return cells with
        {
            Columns = [.. cells.Columns.Take(_place), .. heads.Values.OrderBy(head => head.Place).SelectMany(head => measures.Select(measure => Column(head.Text, measure, measures.Length)))],
            Rows = [.. Shown(rows)],
        };
    }

    private int Bit => 1 << _place;

    /// <summary>
    /// Rows that are totals have them in each column, and each row has its own over the columns. Rows are ordered by these, so that
    /// they are there also where they are not shown.
    /// </summary>
    private static QueryTotals Totals(CubeQuery query, Name[] rows, Name member)
    {
        IEnumerable<int> kept = query.Totals.Kind switch
        {
            TotalsKind.Grand => [rows.Length, 0],
            TotalsKind.Rollup => Enumerable.Range(0, rows.Length + 1),
            _ => [],
        };
        return query.Totals.Kind switch
        {
            TotalsKind.None => query.Order.Count == 0 ? QueryTotals.None : QueryTotals.Sets([rows]),
            TotalsKind.Grand or TotalsKind.Rollup => QueryTotals.Sets([.. kept.SelectMany(count => new Name[][] { [.. rows.Take(count), member], rows[..count] })]),
            _ => query.Totals,
        };
    }

    /// <summary>The columns: values in their order, those without one after them, the rest, the total.</summary>
    private Dictionary<string, (int Place, string Text)> Heads(CubeResult cells)
    {
        var member = cells.Columns[_place];
        var heads = cells.Rows
            .Where(cell => _showsTotal || (cell.Total & Bit) == 0)
            .DistinctBy(Head)
            .OrderBy(cell => (cell.Total & Bit) != 0)
            .ThenBy(cell => (cell.Rest & Bit) != 0)
            .ThenBy(cell => cell.Values[_place] is null)
            .ThenBy(cell => cell.Values[_place], Comparer<object?>.Create((left, right) => left is string text
                ? string.CompareOrdinal(text, (string)right!)
                : Comparer<object>.Default.Compare(left, right)))
            .ToArray();
        var texts = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return heads.Select((cell, place) => (Key: Head(cell), Place: place, Text: Unused(Text(cell, member), texts)))
            .ToDictionary(head => head.Key, head => (head.Place, head.Text));
    }

    private string Text(CubeRow cell, CubeColumn member) =>
        (cell.Total & Bit) != 0 ? Total
        : (cell.Rest & Bit) != 0 ? CubeRow.RestText
        : cell.Values[_place] is { } value ? member.Text(value, CultureInfo.InvariantCulture)
        : NoValue;

    /// <summary>What tells columns apart: a value « Total » is not the total.</summary>
    private string Head(CubeRow cell) =>
        $"{((cell.Total & Bit) != 0 ? "t" : (cell.Rest & Bit) != 0 ? "r" : cell.Values[_place] is null ? "n" : "v")}{Invariant(cell.Values[_place])}";

    private string Key(CubeRow cell) => string.Concat(
        cell.Values.Take(_place).Select(Invariant).Select(text => FormattableString.Invariant($"{text.Length}:{text}"))
            .Append(FormattableString.Invariant($"{cell.Total & ~Bit};{cell.Rest & ~Bit}")));

    private static string Invariant(object? value) => value is null ? "" : $"={Convert.ToString(value, CultureInfo.InvariantCulture)}";

    private static string Unused(string text, HashSet<string> used)
    {
        var name = text;
        for (var number = 2; !used.Add(name); number++)
        {
            name = FormattableString.Invariant($"{text} ({number})");
        }

        return name;
    }

    private static CubeColumn Column(string head, CubeColumn measure, int measures) => measures == 1
        ? measure with { Name = head, Caption = new Caption(head, new Dictionary<string, string>(StringComparer.Ordinal)) }
        : measure with { Name = $"{head} {measure.Name}", Caption = measure.Caption.After(head) };

    /// <summary>A limit counts rows of the finest level; totals stay.</summary>
    private IEnumerable<CubeRow> Shown(IEnumerable<CubeRow> rows)
    {
        var place = 0L;
        foreach (var row in rows)
        {
            if (row.IsTotal || (place++ is var own && own >= _query.Offset && (_query.Limit is not { } limit || own < _query.Offset + limit)))
            {
                yield return row;
            }
        }
    }
}
