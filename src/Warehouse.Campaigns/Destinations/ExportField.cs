namespace Warehouse.Campaigns.Destinations;

/// <summary>Something that can be sent of a customer.</summary>
/// <param name="Name">As a destination writes it.</param>
/// <param name="Type">What it is.</param>
/// <param name="IsContactDetail">Whether it reaches or names a person.</param>
/// <param name="Sql">What it is in <c>Exports/export_wanted.sql</c>.</param>
public sealed record ExportField(string Name, ExportType Type, bool IsContactDetail, string Sql)
{
    /// <summary>The name of the field that identifies a customer.</summary>
    public const string Identifier = "customer_id";

    private const string Reason = "reason";

    /// <summary>Whether it is why the customer is in the list, which takes most of the time to find.</summary>
    public bool IsReason => Name == Reason;

    /// <summary>Every field.</summary>
    public static IReadOnlyList<ExportField> All { get; } =
    [
        new(Identifier, ExportType.Text, false, "customer.customer_id"),
        new("given_name", ExportType.Text, true, "contact.given_name"),
        new("family_name", ExportType.Text, true, "contact.family_name"),
        new("email", ExportType.Text, true, "contact.email"),
        new("phone", ExportType.Text, true, "contact.phone"),
        new("street", ExportType.Text, true, "contact.street"),
        new("postcode", ExportType.Text, true, "contact.postcode"),
        new("city", ExportType.Text, false, "coalesce(contact.city, customer.city)"),
        new("country", ExportType.Text, false, "coalesce(contact.country, customer.country)"),
        new("language", ExportType.Text, false, "customer.language"),
        new("gender", ExportType.Text, false, "customer.gender"),
        new("birth_year", ExportType.Number, false, "customer.birth_year"),
        new("list", ExportType.Text, false, "$list"),
        new("wave", ExportType.Number, false, "$wave"),
        new("offer", ExportType.Text, false, "$offer"),
        new("as_of", ExportType.Date, false, "$as_of"),
        new("arm", ExportType.Text, false, "member.arm"),
        new("value", ExportType.Number, false, "member.value"),
        new("expected_profit", ExportType.Number, false, "member.expected_profit"),
        new(Reason, ExportType.Text, false, "member.reason"),
    ];
}

/// <summary>What a field is.</summary>
public enum ExportType
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A number, exact, with at most four decimals.</summary>
    Number,

    /// <summary>A date.</summary>
    Date,
}
