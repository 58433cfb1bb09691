using Warehouse.Etl.Mapping.Values;

namespace Warehouse.Etl.Proposals;

/// <summary>
/// What the columns of a row have to do with each other, seen in the first rows of a table: a name may lie (« price » of a
/// whole line, « total » of a whole order), and sums that are made of it would be wrong without a word.
/// </summary>
/// <param name="table">The table.</param>
internal sealed class RowEvidence(SourceTable table)
{
    private const int LeastOrders = 3;
    private const int LeastProducts = 2;
    private const decimal Rounding = .006m;

    private static readonly string[] OfOrders = ["order", "invoice", "subtotal", "grand", "cart", "basket"];

    private readonly Dictionary<string, int> _fields = table.Columns.Index().DistinctBy(column => column.Item.Name).ToDictionary(column => column.Item.Name, column => column.Index, StringComparer.Ordinal);

    /// <summary>Whether an amount is that of a whole order, told again in each of its lines; where a name says so of itself one order is enough.</summary>
    public bool IsOfOrder(ColumnEvidence amount, ColumnEvidence order)
    {
        var isNamedSo = OfOrders.Any(word => NameTokens.Says(amount.Name, word)) && !amount.Tokens.Contains("line") && !amount.Tokens.Contains("product");
        if (amount.Distinct < 2 && !isNamedSo)
        {
            return false;
        }

        var orders = OrdersWithLines(order)
            .Where(lines => lines.Select(line => line[_fields[amount.Name]]).All(text => text.Length > 0 && NumberOf(text) is not 0))
            .ToArray();
        return orders.Length >= (isNamedSo ? 1 : LeastOrders) && orders.All(lines => lines.Select(line => line[_fields[amount.Name]]).Distinct(StringComparer.Ordinal).Count() == 1
            && lines.Select(line => string.Join('\0', line)).Distinct(StringComparer.Ordinal).Count() > 1);
    }

    /// <summary>The column that counts the lines of each order, 1, 2, 3 or 10, 20, 30; null where none does.</summary>
    public ColumnEvidence? LineNumbers(ColumnEvidence order)
    {
        var orders = OrdersWithLines(order).ToArray();
        return orders.Length < LeastProducts ? null : table.Columns.FirstOrDefault(column =>
            column is { Wholes: 1, Negatives: 0 } && column.Filled == column.Rows && column.Distinct > 1 && NumberOf(orders[0][0][_fields[column.Name]]) is { } first and > 0
            && orders.All(lines => lines.Index().All(line => NumberOf(line.Item[_fields[column.Name]]) == first * (line.Index + 1))));
    }

    /// <summary>
    /// Whether an amount grows with the quantity (true: it is the whole line's) or stays (false: it is of one), in the products
    /// that are sold in several quantities; null where they do not say.
    /// </summary>
    public bool? GrowsWith(ColumnEvidence quantity, ColumnEvidence amount, ColumnEvidence product)
    {
        var sold = table.Sample
            .Select(row => (Product: row[_fields[product.Name]], Quantity: NumberOf(row[_fields[quantity.Name]]), Amount: NumberOf(row[_fields[amount.Name]])))
            .Where(row => row is { Product.Length: > 0, Quantity: > 0, Amount: > 0 })
            .Select(row => (row.Product, Quantity: row.Quantity!.Value, Amount: row.Amount!.Value))
            .GroupBy(row => row.Product, StringComparer.Ordinal)
            .Where(rows => rows.Select(row => row.Quantity).Distinct().Skip(1).Any())
            .ToArray();
        var stays = sold.Count(rows => rows.Select(row => row.Amount).Distinct().Count() == 1);
        var grows = sold.Count(rows => rows.Max(row => row.Amount / row.Quantity) - rows.Min(row => row.Amount / row.Quantity) <= Rounding);
        return grows >= LeastProducts && grows > stays * 3 ? true : stays >= LeastProducts && stays > grows * 3 ? false : null;
    }

    /// <summary>Whether a column says one thing of each of those whom another names.</summary>
    public bool IsOneFor(ColumnEvidence key, ColumnEvidence column)
    {
        var named = table.Sample
            .Where(row => row[_fields[key.Name]].Length > 0 && row[_fields[column.Name]].Length > 0)
            .GroupBy(row => row[_fields[key.Name]], row => row[_fields[column.Name]], StringComparer.Ordinal)
            .ToArray();
        return named.Count(values => values.Distinct(StringComparer.Ordinal).Count() == 1) * 20 >= named.Length * 19;
    }

    /// <summary>Whether quantity times price of the lines of each order comes to what a column says of the whole.</summary>
    public bool AddsUp(ColumnEvidence quantity, ColumnEvidence price, ColumnEvidence order, ColumnEvidence total)
    {
        var orders = OrdersWithLines(order).ToArray();
        var right = orders.Count(lines =>
            NumberOf(lines[0][_fields[total.Name]]) is { } whole
            && Math.Abs(lines.Sum(line => (NumberOf(line[_fields[quantity.Name]]) ?? 0) * (NumberOf(line[_fields[price.Name]]) ?? 0)) - whole) <= Rounding * lines.Length);
        return orders.Length > 0 && right * 5 >= orders.Length * 4;
    }

    private IEnumerable<string[][]> OrdersWithLines(ColumnEvidence order) => table.Sample
        .GroupBy(row => row[_fields[order.Name]], StringComparer.Ordinal)
        .Where(lines => lines.Key.Length > 0)
        .Select(lines => lines.ToArray())
        .Where(lines => lines.Length > 1);

    private decimal? NumberOf(string text) => PlainNumber.ValueOf(text, table.Source.DecimalComma);
}
