using Warehouse.DuckDb;
using Warehouse.SampleData.Campaigns;
using Warehouse.SampleData.People;

namespace Warehouse.SampleData.Tables;

/// <summary>An account of the web store, spelt in its own way: one field for the name, numbers as typed.</summary>
internal readonly record struct WebAccountRow(Person Person) : IParquetRow
{
    public void AppendTo(DuckDBAppenderRow row)
    {
        var newsletter = Person.Consents.Cast<Consent?>().LastOrDefault(consent => consent is
        {
            Source: ConsentSource.Webshop, Medium: Medium.Email, Purpose: Purpose.Marketing,
        });
        row.AppendValue(Person.WebAccount)
            .AppendValue(Person.Link == Link.Email ? Person.Current.Email : Person.WebEmail)
            .AppendValue(Name())
            .AppendValue(Person.WebPhone is { } phone ? Phones.Rewritten(phone, Person.Index % 3) : null)
            .AppendValue(Person.Index % 5 == 0 ? Person.WebAddress.Postcode.ToLowerInvariant() : Person.WebAddress.Postcode)
            .AppendValue(Person.WebAddress.Country)
            .AppendValue(Person.RegisteredAt.AsDateTime)
            .AppendValue(newsletter?.IsGranted);
    }

    private string Name()
    {
        var (first, last) = (Person.FirstName, Person.Current.LastName);
        return (Person.Index % 8) switch
        {
            0 => $"{last.ToUpperInvariant()}, {first}",
            1 => $"{first} {last}".ToLowerInvariant(),
            2 => $"{Names.Plain(first)} {Names.Plain(last)}",
            3 => $"{first}  {last} ",
            _ => $"{first} {last}",
        };
    }
}
