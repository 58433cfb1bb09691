using Warehouse.Etl.Targets;

namespace Warehouse.Etl.Proposals;

/// <summary>How the columns of a table are those of order lines: by their names, and where their values say otherwise by these.</summary>
/// <param name="Table">The table, columns that turned out to be something else than their names say named anew.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Amount">What a whole line comes to; null where no column says it.</param>
/// <param name="Remarks">What was found beside the names.</param>
/// <param name="OfOrder">A column that says in each line what the whole order comes to; null where none does.</param>
internal sealed record SaleReading(SourceTable Table, Assignment Columns, ColumnEvidence? Amount, IReadOnlyList<string> Remarks, ColumnEvidence? OfOrder)
{
    private const double SameName = .9;

    /// <summary>Whether the amount is what was asked for before discounts: it is the same for each piece, with a discount or without.</summary>
    public bool IsBeforeDiscount { get; init; }

    /// <summary>What names fewer orders than these must name one for every few rows.</summary>
    private const int ManyOrders = 10;

    /// <summary>Reads a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="productOf">The column that names what is sold where no name says so; null where none does.</param>
    public static SaleReading Of(SourceTable table, Func<SourceTable, Assignment, ColumnEvidence?> productOf)
    {
        table = WithLines(table);
        var sale = Assignment.Of(TargetCatalogue.Sale, table);
        sale = productOf(table, sale) is { } named ? sale.With("product", named) : sale;
        sale = CreatedIn(table, sale["ordered_at"]) is { } created ? sale.With("ordered_at", created) : sale;
        sale = sale.Has("customer") && !(sale["order_id"] is { } known && known.Filled == known.Rows) && table.Columns.FirstOrDefault(column => column is { IsUnique: true, Tokens: ["id"] }) is { } payment
            ? sale.With("order_id", payment)
            : sale;
        sale = table.Columns.FirstOrDefault(column => table.Source.FillDown is [var first, ..] && column.Name == first) is { } group ? sale.With("order_id", group) : sale;
        var rows = new RowEvidence(table);
        var remarks = new List<string>();
        var isBeforeDiscount = false;
        var order = sale["order_id"];
        if (order is not null && sale["discount_amount"] is { Percents: < .5 } discount && rows.IsOfOrder(discount, order) && !new MappingWriter(table).IsShare(discount))
        {
            remarks.Add($"CHECK: {discount.Name} is the same in all lines of each order: it is the whole order's, and is not subtracted.");
            sale = sale.Without("discount_amount");
        }

        var ofOrder = order is null ? [] : table.Columns.Where(column => ColumnNames.AmountScore(column.Tokens) > .4 && rows.IsOfOrder(column, order)).ToArray();
        var amount = MappingWriter.AmountOf(table, sale, ofOrder);
        if (sale["unit_price"] is null && amount is null && sale["cost_amount"] is { } cost && sale["quantity"] is { } many && ofOrder.FirstOrDefault(total => rows.AddsUp(many, cost, order!, total)) is { } whole)
        {
            remarks.Add($"{cost.Name} is the price of one: with {many.Name} the lines of an order come to its {whole.Name}.");
            sale = sale.With("unit_price", cost);
        }

        if (sale["quantity"] is { } quantity && sale["product"] is { } product)
        {
            if (sale["unit_price"] is { } price && rows.GrowsWith(quantity, price, product) == true)
            {
                remarks.Add($"{price.Name} grows with {quantity.Name}: it is what the whole line comes to.");
                (sale, amount, isBeforeDiscount) = (sale.Without("unit_price"), price, sale["discount_amount"] is { Percents: 0 });
            }
            else if (sale["unit_price"] is null && amount is not null && rows.GrowsWith(quantity, amount, product) == false)
            {
                remarks.Add($"{amount.Name} does not grow with {quantity.Name}: it is the price of one.");
                (sale, amount) = (sale.With("unit_price", amount), null);
            }
        }

        return new SaleReading(table, sale, amount, remarks, ofOrder.FirstOrDefault()) { IsBeforeDiscount = isBeforeDiscount };
    }

    /// <summary>When orders were made, where no name says more of it or it is known better than when they were paid; null where nothing says it.</summary>
    private static ColumnEvidence? CreatedIn(SourceTable table, ColumnEvidence? chosen) => table.Columns.FirstOrDefault(column =>
        column.Dates > .9
        && (chosen is null ? column.Tokens is ["registered"] : chosen.Tokens.Contains("amount") && column.Tokens is ["registered"] or ["registered", "time" or "date"] && column.Filled >= chosen.Filled));

    /// <summary>The table in which what names or counts the lines of orders is called so.</summary>
    private static SourceTable WithLines(SourceTable table)
    {
        var sale = Assignment.Of(TargetCatalogue.Sale, table);
        if (sale["order_id"] is { IsUnique: true } line && (sale.Has("product") || sale.Has("quantity"))
            && table.Columns.FirstOrDefault(other => other is { IsUnique: false, Flags: < .5 } && other.Filled == other.Rows && (other.Distinct >= ManyOrders || other.Distinct * 5 >= other.Rows) && ColumnNames.Score(sale.Target, "order_id", other.Tokens, []) > SameName) is not null)
        {
            table = Named(table, line, ["order", "line"]);
            sale = Assignment.Of(TargetCatalogue.Sale, table);
        }

        return sale["order_id"] is { IsUnique: false } order && new RowEvidence(table).LineNumbers(order) is { } number && sale["line_id"] is null
            ? Named(table, number, ["line"])
            : table;
    }

    private static SourceTable Named(SourceTable table, ColumnEvidence column, IReadOnlyList<string> words) =>
        table with { Columns = [.. table.Columns.Select(other => other.Name == column.Name ? other with { Tokens = words } : other)] };
}
