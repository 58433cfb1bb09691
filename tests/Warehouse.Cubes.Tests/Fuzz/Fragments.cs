namespace Warehouse.Cubes.Tests.Fuzz;

/// <summary>Pieces of questions and of attacks, put together by a seed.</summary>
internal sealed class Fragments(int seed)
{
    /// <summary>What has broken programs that write SQL, read numbers, or count characters.</summary>
    private static readonly string[] Nasty =
    [
        "'", "\"", "''", "\"\"", "'--", "--", "/*", "*/", ";", "; DROP TABLE star.fact_sale; --", "' OR '1'='1", "\\'", "\\", "$1", "$$", "?", ":x", "@", "@2011-01-01", "%", "_", "\0", "\n", "\r\n", "\t",
        "\u200b", "\u202e", "\ufeff", "é", "漢字", "😀", "\ud83d", "\udc00", "İ", "ß", "ﬃ", "ａ", "٣", "²",
        "0", "-0", "1e9", "1e400", "0x7f", "00001", "9223372036854775807", "9223372036854775808", "79228162514264337593543950335", "79228162514264337593543950336", "0.0000000000000000000000000001", ".5", "5.", "1.2.3", "NaN", "Infinity",
        "0001-01-01", "0001", "9999", "9999-12-31", "9999-12", "9999-W52", "9999-Q4", "0000-00-00", "2011-02-30", "2011-13", "2011-W60", "2011-Q5", "last 100000 years", "next 100000 years", "last 100001 days", "100000 years", "this century",
        "null", "true", "select 1", "(select 1)", "read_csv('/etc/passwd')", "getenv('HOME')", "current_setting('x')", "pg_sleep(1)", "lines::varchar", "cast(lines as varchar)", "star.fact_sale", "main.x", "information_schema.tables",
        "(", ")", "((((((((((", "))))))))))", ",", ",,", ".", "..", "[", "]", "{", "}", "#", "&", "|", "~", "`", "^", "!", "!=", "<>", "==", "=>", "||", "::", "->", "<<",
        "[]", "{}", "- a", ": b", "&a", "*a", "!!binary", "<<: *a", "%YAML", "---", "...", "? x", "|", ">", "!!python/object",
    ];

    private static readonly string[] Measures =
    [
        "net_sales", "lines", "orders", "customers", "returned", "kitchen_sales", "average_order", "highest", "middle", "contacts.complaints", "contacts.satisfaction",
        "share(net_sales)", "share(net_sales, product.category)", "rank(lines)", "total(orders)", "without(lines, product.name)", "prior(net_sales, year)", "prior(lines, 3 months)", "to_date(orders, fiscal_year)",
        "rolling(customers, 28 days)", "moving_average(lines, 2 weeks)", "cumulative(customers)", "in_period(lines, 2011-01)", "change(net_sales, month)", "change_percent(orders, year)", "growth_since(lines, 2011)",
        "net_sales / orders", "coalesce(net_sales, 0)", "round(net_sales, 1)", "case when lines > 1 then net_sales else 0 end", "-lines", "1", "abs(lines - 2)", "nullif(lines, 0)",
    ];

    private static readonly string[] Members =
    [
        "date.day", "date.week", "date.month", "date.quarter", "date.year", "date.fiscal_year", "date.fiscal_quarter", "date.is_weekend", "product.name", "product.category", "customer.city", "customer.key", "customer_then.city",
        "line.order_id", "line.is_return", "product.shelf", "customer.city@2011-02-01", "\"product\".\"name\"", "product.nam", "prodct.name",
    ];

    private static readonly string[] Conditions =
    [
        "kitchen", "product.shelf = 'more'", "product.shelf in ('all', 'less')", "product.name = 'mug'", "product.category in ('kitchen', 'living')", "date.month = 2011-01", "date.year between 2010 and 2011", "date.month in last 3 months", "customer is unknown", "not (customer is unknown)",
        "product.name like 'm%'", "product.category is null", "line.is_return", "top 2 product.name by net_sales", "bottom 1 customer.city by lines", "date.fiscal_year = 1", "date.year = 9998", "date.week < 2011-W09", "date.day >= 9999-12-31",
        "customer.key = 1", "customer.key > 1.5", "lower(product.name) = 'mug'", "length(product.name) > 2", "concat(product.name, product.category) <> ''", "year(date.day) = 2011", "case when line.is_return then true else false end", "date.fiscal_quarter <= 0001-01-01",
    ];

    private static readonly string[] Words = ["and", "or", "not", "in", "between", "like", "is", "null", "unknown", "case", "when", "then", "else", "end", "top", "bottom", "by", "as", "desc", "last", "this", "next", "+", "-", "*", "/", "=", "<", ">=", ","];

    private readonly Random _random = new(seed);

    public int Upto(int most) => _random.Next(most);

    public bool Chance(int percent) => _random.Next(100) < percent;

    public string Of(params string[] choices) => choices[_random.Next(choices.Length)];

    public string Attack() => Of(Nasty);

    public string Measure() => Twisted(Nested(Of(Measures), ["share({0})", "change({0}, month)", "prior({0}, 2 months)", "({0} + 1)", "-({0})", "cumulative({0})", "rolling({0}, 3 months)", "({0}) / ({0})"]));

    public string Member() => Twisted(Of(Members));

    public string Condition() => Twisted(Nested(Of(Conditions), ["not ({0})", "({0}) and {1}", "({0}) or {1}", "({0}) = true", "({0}) in (true, false)", "({0}) is not null", "not (({0}) in (true))"]));

    /// <summary>Tokens of the language and what is none, in any order.</summary>
    public string Soup() => string.Concat(Enumerable.Range(0, 1 + Upto(25)).Select(_ => Upto(5) switch
    {
        0 => Attack(),
        1 => Of(Words),
        2 => Of(Measures),
        3 => Of(Conditions),
        _ => Of(Members),
    } + (Chance(80) ? " " : "")));

    public string List(Func<string> item) => string.Join(Chance(95) ? ", " : Attack(), Enumerable.Range(0, 1 + Upto(3)).Select(_ => item()));

    private string Nested(string inner, string[] around)
    {
        for (var depth = Chance(3) ? Upto(120) : Upto(3); depth > 0; depth--)
        {
            inner = Of(around).Replace("{0}", inner, StringComparison.Ordinal).Replace("{1}", Of(Conditions), StringComparison.Ordinal);
            if (inner.Length > 19_000)
            {
                break;
            }
        }

        return inner;
    }

    /// <summary>Now and then a character more, less or other; now and then something else altogether.</summary>
    private string Twisted(string text)
    {
        if (Chance(85))
        {
            return text;
        }

        var at = Upto(text.Length + 1);
        return Upto(4) switch
        {
            0 => text.Insert(at, Attack()),
            1 => at < text.Length ? text.Remove(at, 1) : text,
            2 => text[..at],
            _ => Soup(),
        };
    }
}
