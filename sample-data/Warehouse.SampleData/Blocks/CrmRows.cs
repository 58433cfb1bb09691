using System.Globalization;
using Warehouse.SampleData.Calendar;
using Warehouse.SampleData.Files;
using Warehouse.SampleData.People;

namespace Warehouse.SampleData.Blocks;

/// <summary>Writes what the CRM exports: a row for each state of an account.</summary>
internal sealed class CrmRows(CsvDataSet dataSet, Identifiers identifiers)
{
    public void Write(Person person, RowBatch batch)
    {
        if (person.Account is null)
        {
            return;
        }

        for (var i = 0; i < person.Profiles.Count; i++)
        {
            var profile = person.Profiles[i];
            var updatedAt = i == 0 ? person.CrmRegisteredAt : profile.From;
            Write(person, 0, i, person.Account, person.LoyaltyCard, person.FirstName, profile, person.CrmRegisteredAt, updatedAt, batch);
        }

        if (person.SecondAccount is not null)
        {
            var at = person.SecondRegisteredAt;
            Write(person, 1, 0, person.SecondAccount, person.SecondCard, Misheard(person.FirstName), person.At(at), at, at, batch);
        }
    }

    private void Write(
        Person person, int registration, int state, string account, string? card, string firstName, Profile profile,
        LocalTime registeredAt, LocalTime updatedAt, RowBatch batch)
    {
        var buffer = batch.Buffer;
        var start = buffer.BeginRow();
        buffer.Plain(account);
        buffer.Plain(card);
        buffer.Text(firstName);
        buffer.Text(profile.LastName);
        buffer.Plain(person.IsFemale ? "f"u8 : "m"u8);
        buffer.Number(person.BirthYear);
        buffer.Text(profile.Email);
        buffer.Text(person.CrmPhone is null ? null : Phones.Rewritten(person.CrmPhone, person.Index % 7));
        buffer.Text(profile.Address.Street);
        buffer.Plain(profile.Address.Postcode);
        buffer.Text(profile.Address.City);
        buffer.Plain(profile.Address.Country);
        buffer.Plain(profile.Occupation);
        buffer.Plain(profile.Segment);
        buffer.Plain(string.Create(CultureInfo.InvariantCulture, $"H{identifiers.AccountOrdinal(person.Household, 0)}"));
        buffer.Date(registeredAt.Date);
        buffer.Date(profile.ConfirmedOn > registeredAt.Date ? profile.ConfirmedOn : registeredAt.Date);
        buffer.Plain(person.AcquisitionChannel);
        buffer.Time(updatedAt);
        batch.End(dataSet, start, new RowHeader
        {
            SortKey = identifiers.AccountOrdinal(person.Index, registration),
            Tie = RowHeader.TieOf(person.Index, registration, state),
            Person = person.Index,
            Marks = state == 0 && registration == 0 && person.CrmRegisteredAt > person.RegisteredAt
                ? RowMarks.LateRegistration
                : RowMarks.None,
        });
    }

    private static string Misheard(string name) => name.Length > 4 ? name.Remove(3, 1) : name + "e";
}
