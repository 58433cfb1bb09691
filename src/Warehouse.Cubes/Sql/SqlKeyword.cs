namespace Warehouse.Cubes.Sql;

/// <summary>A constant of SQL itself.</summary>
internal sealed record SqlKeyword : SqlExpression
{
    public static readonly SqlKeyword Null = new("NULL");
    public static readonly SqlKeyword True = new("TRUE");
    public static readonly SqlKeyword False = new("FALSE");
    public static readonly SqlKeyword Zero = new("0");
    public static readonly SqlKeyword Star = new("*");

    private readonly string _word;

    private SqlKeyword(string word) => _word = word;

    /// <summary>A small number that the planner itself chose: a set's number, a bit mask.</summary>
    public static SqlKeyword Number(int number) => new(number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>A number that a definition declared.</summary>
    public static SqlKeyword Number(decimal number) => new(number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public override void Write(SqlWriter writer) => writer.Sql(_word);
}
