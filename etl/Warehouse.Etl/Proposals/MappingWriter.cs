using System.Globalization;
using System.Text;
using Warehouse.Etl.Mapping.Values;
using Warehouse.Etl.Targets;

namespace Warehouse.Etl.Proposals;

/// <summary>Writes how a table's columns fill a target's, each with its evidence.</summary>
/// <param name="table">The table.</param>
internal sealed class MappingWriter(SourceTable table)
{
    private const double Sure = .9;

    private static readonly string[] OfCustomers =
        ["given_name", "family_name", "email", "phone", "street", "postcode", "city", "region", "country", "birth_year", "gender", "occupation"];

    private static readonly string[] OfProducts = ["name", "category", "subcategory", "brand"];

    /// <summary>All columns that are assigned.</summary>
    /// <param name="found">The columns.</param>
    /// <param name="looked">Those of them whose texts stand in other tables.</param>
    public ProposedFill Fill(Assignment found, params IReadOnlyList<ProposedColumn> looked) => new(
        found.Target,
        [
            .. found.Target.Columns.Where(column => found.Has(column.Name))
                .Select(column => looked.FirstOrDefault(other => other.Name == column.Name) ?? Column(column, found[column.Name]!)),
        ]);

    /// <summary>The column that says what a whole line comes to; null where none does. What is left after discounts says it better than what was before.</summary>
    /// <param name="table">The table.</param>
    /// <param name="sale">Its columns that say something else.</param>
    /// <param name="others">More columns that do.</param>
    public static ColumnEvidence? AmountOf(SourceTable table, Assignment sale, params IReadOnlyList<ColumnEvidence> others)
    {
        var isAfterFees = table.Columns.Any(column => NameTokens.Says(column.Name, "fee"));
        return table.Columns.Where(column => Assignment.IsMost(Math.Max(column.Numbers, column.Amounts), column) && !NameTokens.IsBesideGoods(column.Name) && !sale.Columns.Values.Contains(column) && !others.Contains(column))
            .OrderByDescending(column => ColumnNames.AmountScore(column.Tokens))
            .ThenBy(column => NameTokens.Says(column.Name, isAfterFees ? "net" : "gross"))
            .FirstOrDefault() is { } best && ColumnNames.AmountScore(best.Tokens) > .4 ? best : null;
    }

    /// <summary>Order lines; what the table has not is made of what it has.</summary>
    /// <param name="sale">The columns.</param>
    /// <param name="amount">What a whole line comes to; null where no column says it.</param>
    /// <param name="looked">The columns that stand in other tables.</param>
    /// <param name="isBeforeDiscount">Whether the amount is what was asked for before discounts.</param>
    public ProposedFill SaleFill(Assignment sale, ColumnEvidence? amount, IReadOnlyList<ProposedColumn> looked, bool isBeforeDiscount) =>
        new(sale.Target, [.. SaleColumns(sale, amount, looked, isBeforeDiscount)]);

    /// <summary>What order lines tell of customers and products beside.</summary>
    public IReadOnlyList<ProposedFill> Beside(Assignment sale)
    {
        var fills = new List<ProposedFill>();
        var since = WhenOf(TargetCatalogue.Customer.Find("valid_from")!, sale["ordered_at"]!);
        var rows = new RowEvidence(table);
        var free = table.Columns.Where(column => IsFree(column, sale)).ToArray();
        var customer = Assignment.Of(TargetCatalogue.Customer, table with { Columns = [.. free.Where(column => column.Tokens is not ["name"] || IsOfPerson(column))] }, .75);
        if (sale["customer"] is { } buyer && customer.Count(OfCustomers) > 0 && !sale.Has("location"))
        {
            fills.Add(new ProposedFill(
                TargetCatalogue.Customer,
                [Column(TargetCatalogue.Customer.Columns[0], buyer), .. Chosen(customer, OfCustomers), since]));
        }

        var product = Assignment.Of(TargetCatalogue.Product, table with { Columns = [.. free.Where(column => column.Tokens is not ["name"] || IsOfThing(column))] }, .75);
        if (sale["product"] is { } sold && product.Count(OfProducts) > 0)
        {
            fills.Add(new ProposedFill(
                TargetCatalogue.Product,
                [Column(TargetCatalogue.Product.Columns[0], sold), .. Chosen(product, OfProducts), since],
                IsLatest: true));
        }

        return fills;

        bool IsOfPerson(ColumnEvidence name) => sale["customer"] is { } buyer && rows.IsOneFor(buyer, name);
        bool IsOfThing(ColumnEvidence name) => sale["product"] is { } thing && rows.IsOneFor(thing, name) && !IsOfPerson(name);
    }

    private static bool IsFree(ColumnEvidence column, Assignment sale) => sale.Columns.Values.All(other => other.Name != column.Name);

    private IEnumerable<ProposedColumn> Chosen(Assignment found, string[] names) => found.Target.Columns
        .Where(column => names.Contains(column.Name) && found.Has(column.Name))
        .Select(column => Column(column, found[column.Name]!));

    private IEnumerable<ProposedColumn> SaleColumns(Assignment sale, ColumnEvidence? amount, IReadOnlyList<ProposedColumn> looked, bool isBeforeDiscount)
    {
        var isPriced = sale.Has("unit_price") || looked.Any(column => column.Name == "unit_price");
        var isDivided = !isPriced && sale["quantity"] is { } counted && Assignment.IsMost(Math.Max(counted.Numbers, counted.Amounts), counted) && amount is not null && counted.Filled * 100 >= amount.Filled * 99;
        foreach (var column in sale.Target.Columns)
        {
            var source = sale[column.Name];
            if (looked.FirstOrDefault(found => found.Name == column.Name) is { } elsewhere)
            {
                yield return elsewhere;
                continue;
            }

            switch (column.Name)
            {
                case "order_id" when source is null:
                    var (buyer, day) = (sale["customer"]!, sale["ordered_at"]!);
                    yield return new ProposedColumn(
                        column.Name,
                        $"{{expr: {YamlText.Of($"concat({YamlText.Column(buyer.Name)}, '-', {YamlText.Column(day.Name)})")}}}",
                        "no column names orders: what a customer bought at a time is taken for one",
                        buyer.Name,
                        day.Name);
                    break;
                case "product" when source is null:
                    yield return new ProposedColumn(column.Name, "{value: unknown}", "no column names products");
                    break;
                case "unit_price" when isDivided:
                    yield return Divided(column.Name, amount!, sale["quantity"]!, quantity => $"round({NumberOf(amount!)} / {quantity}, 4)", "0", $"{amount!.Name} is what the whole line comes to");
                    break;
                case "discount_amount" when isDivided && isBeforeDiscount && source is not null:
                    yield return DividedBeforeDiscount(column.Name, amount!, sale["quantity"]!, source);
                    break;
                case "discount_amount" when isDivided:
                    yield return Divided(
                        column.Name, amount!, sale["quantity"]!,
                        quantity => $"round({NumberOf(amount!)} / {quantity}, 4) * {quantity} - {NumberOf(amount!)}",
                        $"0 - {NumberOf(amount!)}",
                        $"what rounding leaves over, so that the line comes to {amount!.Name}{(source is null ? "" : $"; CHECK: {source.Name} is not subtracted: {amount!.Name} is taken to be after it")}");
                    break;
                case "discount_amount" when !isPriced:
                    break;
                case "cost_amount" when source is not null && sale["quantity"] is { } many && source.Tokens.Any(word => word is "unit" or "wholesale" or "standard"):
                    yield return new ProposedColumn(
                        column.Name, $"{{expr: {YamlText.Of($"{NumberOf(source)} * {NumberOf(many)}")}}}", $"{source.Name} is of one unit", source.Name, many.Name);
                    break;
                case "quantity" when (!isPriced && !isDivided) || source is null:
                    yield return new ProposedColumn(
                        column.Name, "{value: 1}", source is null ? "no column says how many" : $"the amount is the whole line's: with {source.Name} it would count several times");
                    break;
                case "unit_price" when !isPriced:
                    yield return Column(column, amount!) with { Why = "what the whole line comes to; no column has the price of one" };
                    break;
                case "discount_amount" when source is not null && isPriced && IsShare(source):
                    yield return ShareOf(column, sale, source, FormattableString.Invariant($"all {source.Distinct} values lie from 0 to 1: a share of the price, not money"));
                    break;
                case "discount_amount" when source is { Percents: > .5 }:
                    yield return ShareOf(column, sale, source, FormattableString.Invariant($"{source.Percents:0%} of the values are percentages: a share of the price, not money"));
                    break;
                case "discount_amount" when source is not null && IsBelow0(source):
                    yield return new ProposedColumn(column.Name, $"{{from: {YamlText.Of(source.Name)}, clean: number, factor: -1}}", "what is taken off is written below 0", source.Name);
                    break;
                default:
                    if (source is not null)
                    {
                        yield return column.Name == "ordered_at" ? WhenOf(column, source) : Column(column, source);
                    }

                    break;
            }
        }
    }

    /// <summary>A column's numbers as an expression can count with them: without signs of currencies and thousands.</summary>
    private string NumberOf(ColumnEvidence source)
    {
        var name = YamlText.Column(source.Name);
        return source.Percents > .5 ? table.Source.DecimalComma ? $"replace({name}, ',', '.')" : name
            : table.Source.DecimalComma ? $"number({name}, ',')"
            : source.Numbers > .999 ? name : $"number({name})";
    }

    private ProposedColumn ShareOf(TargetColumn column, Assignment sale, ColumnEvidence share, string why)
    {
        var factors = new[] { sale["unit_price"]!, sale["quantity"], share }.OfType<ColumnEvidence>().ToArray();
        return new ProposedColumn(column.Name, $"{{expr: {YamlText.Of(string.Join(" * ", factors.Select(NumberOf)))}}}", why, [.. factors.Select(factor => factor.Name)]);
    }

    /// <summary>Whether all values lie from 0 to 1 and some between: 0 and 1 alone are money.</summary>
    public bool IsShare(ColumnEvidence column)
    {
        var values = table.Values[column.Name].Keys.Where(value => !column.Nulls.Contains(value)).Select(Read).ToArray();
        return column.Distinct is > 1 and <= 101 && values.All(value => value is >= 0 and <= 1) && values.Any(value => value is > 0 and < 1);
    }

    private bool IsBelow0(ColumnEvidence column)
    {
        var values = table.Values[column.Name].Keys.Select(Read).ToArray();
        return values.Any(value => value < 0) && !values.Any(value => value > 0);
    }

    private decimal? Read(string text) => PlainNumber.ValueOf(text, table.Source.DecimalComma);

    private ProposedColumn Divided(string name, ColumnEvidence amount, ColumnEvidence quantity, Func<string, string> divided, string ofNone, string why)
    {
        var many = NumberOf(quantity);
        return new ProposedColumn(name, $"{{expr: {YamlText.Of($"if({many} = 0, {ofNone}, {divided(many)})")}}}", why, amount.Name, quantity.Name);
    }

    private ProposedColumn DividedBeforeDiscount(string name, ColumnEvidence amount, ColumnEvidence quantity, ColumnEvidence discount)
    {
        var off = $"coalesce({NumberOf(discount)}, 0)";
        return Divided(name, amount, quantity, many => $"round({NumberOf(amount)} / {many}, 4) * {many} - {NumberOf(amount)} + {off}", off, $"what {discount.Name} takes off {amount.Name}, and what rounding leaves over") with
        {
            Uses = [amount.Name, quantity.Name, discount.Name],
        };
    }

    /// <summary>A column whose value stands in another table, under a key; of several the next looks up what the one before found.</summary>
    public static ProposedColumn Looked(TargetColumn column, ColumnEvidence key, params IReadOnlyList<(SourceTable Table, ColumnEvidence Key, ColumnEvidence Value)> steps)
    {
        var told = steps[^1].Value;
        var format = column.Kind == ColumnKind.Instant && DateFormats.NameOf(told.DateFormat) is { } name ? $", format: {YamlText.Of(name)}" : "";
        var clean = column.Kind == ColumnKind.Customer && told.PointZeros > Sure ? ", clean: whole" : "";
        var lookups = steps.Select(step => $"{{file: {YamlText.ListOf(step.Table.Files)}, key: {YamlText.Of(step.Key.Name)}, value: {YamlText.Of(step.Value.Name)}{ReadAs(step.Table)}}}").ToArray();
        var isSampled = steps.Any(step => !step.Table.IsWhole);
        return new ProposedColumn(
            column.Name,
            $"{{from: {YamlText.Of(key.Name)}, lookup: {(lookups.Length == 1 ? lookups[0] : $"[{string.Join(", ", lookups)}]")}{format}{clean}}}",
            isSampled ? $"CHECK: not all of it was looked at; lines of a {key.Name} that it has not are rejected" : $"all values of {key.Name} are there",
            key.Name)
        {
            FirstYearElsewhere = told.FirstYear,
        };
    }

    /// <summary>How a lookup reads a table; what means « no value » in the feed does so in what it looks up.</summary>
    private static string ReadAs(SourceTable table) =>
        string.Concat(SourceText.Of(table).Where(part => part.Name is not ("decimal" or "\"null\"")).Select(part => $", {part.Name}: {part.Yaml}"));

    private ProposedColumn WhenOf(TargetColumn column, ColumnEvidence source)
    {
        var clock = source.HasTimes ? null : table.Columns.FirstOrDefault(other => other != source && other.TimesOfDay > .95 && other.Tokens.Contains("time") && !other.Tokens.Contains("talk") && !other.Tokens.Contains("waiting"));
        if (clock is null)
        {
            return Column(column, source);
        }

        var format = DateFormats.NameOf(source.DateFormat);
        var seconds = clock.Frequent[0].Count(sign => sign == ':') == 2 ? ":%S" : "";
        return new ProposedColumn(
            column.Name,
            $"{{expr: {YamlText.Of($"concat({YamlText.Column(source.Name)}, ' ', {YamlText.Column(clock.Name)})")}{(format is null ? "" : $", format: {YamlText.Of($"{format} %H:%M{seconds}")}")}}}",
            FormattableString.Invariant($"{source.Name} has no time of day, and {clock.TimesOfDay:0%} of {clock.Name} are one"),
            source.Name,
            clock.Name);
    }

    private ProposedColumn Column(TargetColumn column, ColumnEvidence source)
    {
        var proposed = Mapped(column, source);
        return MisfitOf(column, source) is { } misfit ? proposed with { Why = $"{proposed.Why}; CHECK: rows that say {misfit} are rejected" } : proposed;
    }

    /// <summary>A value that a column cannot hold; null where none was seen, or the kind can hold any.</summary>
    private string? MisfitOf(TargetColumn column, ColumnEvidence source)
    {
        Func<string, bool>? fits = column.Kind switch
        {
            _ when column.Name == "birth_year" => null,
            ColumnKind.Number => value => PlainNumber.Of(value, table.Source.DecimalComma) is not null || decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
            ColumnKind.Date or ColumnKind.Instant => value => DateFormats.YearOf(source.DateFormat, Encoding.UTF8.GetBytes(value)) is not null,
            _ => null,
        };
        return fits is null ? null : table.Values[source.Name].Keys.FirstOrDefault(value => !fits(value) && !source.Nulls.Contains(value)) is { } misfit ? $"« {misfit} »" : null;
    }

    private ProposedColumn Mapped(TargetColumn column, ColumnEvidence source)
    {
        if (column is { Kind: ColumnKind.Instant, IsRequired: true } && table.Columns.Any(other => other.TimesOfDay > .95) && !source.HasTimes && WhenOf(column, source) is { Yaml: ['{', 'e', ..] } joined)
        {
            return joined;
        }

        var name = YamlText.Of(source.Name);
        if (column.Name == "birth_year" && source.Dates > source.Numbers)
        {
            var written = DateFormats.NameOf(source.DateFormat) is { } known ? $", '{known}'" : "";
            return new ProposedColumn(column.Name, $"{{expr: {YamlText.Of($"year(date({YamlText.Column(source.Name)}{written}))")}}}", "the year of the date", source.Name);
        }

        if (column.Name == "currency" && table.Values[source.Name].Keys.Any(code => code.Any(char.IsAsciiLetterLower)))
        {
            return new ProposedColumn(column.Name, $"{{from: {name}, clean: upper}}", WhyCurrency(source), source.Name);
        }

        var isTimed = column.Kind is ColumnKind.Instant or ColumnKind.Date;
        if (isTimed && DateFormats.NameOf(source.DateFormat) is { } format)
        {
            return new ProposedColumn(column.Name, $"{{from: {name}, format: {YamlText.Of(format)}}}", WhyDate(source, format), source.Name);
        }

        if (column.Kind is ColumnKind.Customer or ColumnKind.Text && source.PointZeros > Sure)
        {
            return new ProposedColumn(
                column.Name, $"{{from: {name}, clean: whole}}", FormattableString.Invariant($"{source.PointZeros:0%} of the values are like {source.Frequent[0]}; {Counted(source)}"), source.Name);
        }

        if (column.Kind == ColumnKind.Number && source.Amounts > source.Numbers)
        {
            return new ProposedColumn(
                column.Name, $"{{from: {name}, clean: number}}", FormattableString.Invariant($"{source.Amounts:0%} are numbers without what stands about them, such as {table.Values[source.Name].Keys.First(value => PlainNumber.Of(value, table.Source.DecimalComma) is { } plain && plain != value)}"), source.Name);
        }

        if (column.Kind == ColumnKind.Customer && source.Emails > .5)
        {
            return new ProposedColumn(column.Name, $"{{from: {name}, clean: lower, identity: email}}", FormattableString.Invariant($"{source.Emails:0%} of the values are e-mail addresses; {Counted(source)}"), source.Name);
        }

        if (column.Kind == ColumnKind.Flag && WordsOf(source) is { } words)
        {
            return new ProposedColumn(column.Name, $"{{from: {name}, {words}}}", Counted(source), source.Name);
        }

        return new ProposedColumn(column.Name, name, column.Name == "currency" ? WhyCurrency(source) : Why(column.Kind, source), source.Name);
    }

    /// <summary>The words for yes and no, where they are not the usual ones.</summary>
    private static string? WordsOf(ColumnEvidence source)
    {
        string[] yes = ["ja", "j", "oui", "granted"];
        string[] no = ["nein", "non", "withdrawn"];
        var values = source.Frequent.Select(value => value.ToLowerInvariant()).ToArray();
        return values.Intersect(yes.Concat(no)).Any()
            ? $"\"true\": {YamlText.ListOf([.. values.Except(no).Where(value => yes.Contains(value))])}, \"false\": {YamlText.ListOf([.. values.Where(value => no.Contains(value) || value == "n")])}"
            : null;
    }

    private static string WhyCurrency(ColumnEvidence source) => source.Distinct == 1
        ? Counted(source)
        : $"CHECK: {string.Join(", ", source.Frequent)}: lines in another currency than that of warehouse.yaml need its rates (into: exchange_rate)";

    private static string Why(ColumnKind kind, ColumnEvidence source) => kind switch
    {
        ColumnKind.Number or ColumnKind.Rate or ColumnKind.Whole => FormattableString.Invariant($"{source.Numbers:0%} numbers, {source.Negatives:0.0%} below 0; {Counted(source)}"),
        ColumnKind.Seconds => FormattableString.Invariant($"{(source.TimesOfDay > source.Numbers ? "hours, minutes and seconds" : "seconds")}; {Counted(source)}"),
        ColumnKind.Date or ColumnKind.Instant => FormattableString.Invariant($"{source.Dates:0%} dates by ISO 8601; {Counted(source)}"),
        _ => Counted(source),
    };

    private static string WhyDate(ColumnEvidence source, string format)
    {
        var twin = DateFormats.TwinOf(source.DateFormat);
        return source.IsAmbiguous
            ? FormattableString.Invariant($"CHECK: {source.Dates:0%} are dates by {format}, and as many by {DateFormats.NameOf(twin)}: nothing tells day from month")
            : FormattableString.Invariant($"{source.Dates:0%} are dates by {format}, such as {source.Frequent[0]}");
    }

    private static string Counted(ColumnEvidence source) => FormattableString.Invariant(
        $"{source.Distinct:#,##0} different{(source.Filled < source.Rows ? FormattableString.Invariant($", {1 - ((double)source.Filled / source.Rows):0.0%} without a value") : "")}");
}
