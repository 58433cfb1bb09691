using Warehouse.SampleData.Files;
using Warehouse.SampleData.People;

namespace Warehouse.SampleData.Blocks;

/// <summary>Writes what people said about being reached, to whom and when.</summary>
internal sealed class ConsentRows(CsvDataSet dataSet)
{
    public void Write(Person person, RowBatch batch)
    {
        for (var i = 0; i < person.Consents.Count; i++)
        {
            var consent = person.Consents[i];
            var buffer = batch.Buffer;
            var start = buffer.BeginRow();
            buffer.Plain(consent.Source switch
            {
                ConsentSource.Crm => person.Account,
                ConsentSource.Webshop => person.WebAccount,
                _ => person.MailingAddress,
            });
            buffer.Plain(consent.Source switch
            {
                ConsentSource.Crm => "crm"u8,
                ConsentSource.Webshop => "webshop"u8,
                _ => "mailer"u8,
            });
            buffer.Plain(Words.Of(consent.Medium));
            buffer.Plain(consent.Purpose == Purpose.Marketing ? "marketing"u8 : "profiling"u8);
            buffer.Plain(consent.IsGranted ? "granted"u8 : "withdrawn"u8);
            buffer.Time(consent.At);
            batch.End(dataSet, start, new RowHeader
            {
                SortKey = consent.At.Seconds,
                Tie = RowHeader.TieOf(person.Index, 0, i),
                Person = person.Index,
            });
        }
    }
}
