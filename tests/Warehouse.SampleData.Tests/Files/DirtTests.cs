using System.Globalization;
using System.Text;

namespace Warehouse.SampleData.Tests.Files;

/// <summary>Every fault is where the truth says, and what it says.</summary>
[Collection(SmallSampleTests.Name)]
public sealed class DirtTests(SmallSample sample)
{
    private static readonly string[] s_kinds =
    [
        "account_spelt_otherwise", "answered_before_opened", "awkward_text", "broken_email", "byte_order_mark",
        "category_spelt_otherwise", "crlf_line_ends", "customer_spelt_otherwise", "decimal_comma", "email_spelt_otherwise",
        "empty_line_at_end", "exact_duplicate", "future_date", "implausible_birth_year", "impossible_date",
        "late_registration", "missing_account", "missing_contact_id", "missing_customer", "missing_order_id", "mojibake",
        "negative_price", "null_spelt_out", "out_of_range", "repeated_header", "test_customer", "test_order",
        "text_in_number", "too_few_fields", "too_many_fields", "unknown_campaign", "unknown_customer", "unknown_product",
        "unknown_store", "windows_1252", "zero_quantity",
    ];

    [Fact]
    public void Kinds_InTheTruth_AreAllThatFilesHave() =>
        Assert.Equal(s_kinds, Faults().Select(fault => fault.Kind).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void FaultyRows_AreFoundAtTheirLines()
    {
        foreach (var file in Faults().Where(fault => fault.File.EndsWith(".gz", StringComparison.Ordinal)).GroupBy(f => f.File))
        {
            var records = RawFile.Records(Path.Combine(sample.Folder.Data, file.Key)).ToDictionary(record => record.Line);
            var header = records[1];
            foreach (var fault in file.Where(fault => fault.Outcome != "no_row"))
            {
                Assert.True(records.TryGetValue(fault.Line, out var record), fault.ToString());
                Assert.True(IsFaulty(fault, header, record!, records), $"{fault}: {record!.Text}");
            }
        }
    }

    [Fact]
    public void RowsWithoutAFault_AreInOrder()
    {
        var faulty = Faults().Select(fault => (fault.File, fault.Line)).ToHashSet();
        foreach (var totals in sample.Totals.Files.Where(file => file.Sales is not null))
        {
            var times = RawFile.Records(Path.Combine(sample.Folder.Data, totals.File)).Skip(1)
                .Where(record => !faulty.Contains((totals.File, record.Line)))
                .Select(record => record.Fields[2])
                .ToList();
            Assert.Equal(times.Order(StringComparer.Ordinal), times);
        }
    }

    [Fact]
    public void Originals_PutBack_GiveTheMoneyThatTheTruthNames()
    {
        foreach (var fault in Faults().Where(fault => fault.File.StartsWith("orders/", StringComparison.Ordinal) && fault.Original is not null))
        {
            var fields = fault.Original!.Split(',');
            var net = (int.Parse(fields[7], CultureInfo.InvariantCulture) * Amount(fields[8])) - Amount(fields[9]);
            Assert.True(fields[10] == "GBP" ? net == fault.Net : Math.Abs(fault.Net / net - 0.86m) < 0.07m, fault.ToString());
        }

        static decimal Amount(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
    }

    [Fact]
    public void MarksOfFiles_AreThere()
    {
        foreach (var fault in Faults().Where(fault => fault.Outcome == "no_row"))
        {
            var bytes = RawFile.Bytes(Path.Combine(sample.Folder.Data, fault.File));
            var isThere = fault.Kind switch
            {
                "byte_order_mark" => bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble),
                "crlf_line_ends" => bytes.AsSpan().EndsWith("\r\n"u8),
                "empty_line_at_end" => bytes.AsSpan().EndsWith("\n\n"u8),
                "windows_1252" => bytes.Contains((byte)0x96) && bytes.Contains((byte)0x92) && bytes.Contains((byte)0xE9),
                _ => false,
            };
            Assert.True(isThere, fault.ToString());
        }
    }

    [Fact]
    public void TouchFaults_AreFoundAtTheirRows()
    {
        var rows = sample.Folder.Rows("SELECT customer, campaign, wave, arm, assigned_at FROM '{data}/campaigns/touches.parquet'");
        foreach (var fault in Faults().Where(fault => fault.File.EndsWith(".parquet", StringComparison.Ordinal)))
        {
            var row = rows[(int)fault.Line - 1];
            var isThere = fault.Kind switch
            {
                "missing_customer" => row[0] is DBNull,
                "unknown_customer" => row[0] is "C99",
                "unknown_campaign" => row[1] is "C77",
                "exact_duplicate" => row.SequenceEqual(rows[(int)fault.Line - 2]),
                _ => false,
            };
            Assert.True(isThere, fault.ToString());
        }
    }

    private static bool IsFaulty(
        DirtRow fault, RawRecord header, RawRecord record, Dictionary<long, RawRecord> records)
    {
        var original = fault.Original;
        string Value() => record.Fields[header.Fields.ToList().IndexOf(fault.Column!)];

        return fault.Kind switch
        {
            "exact_duplicate" => original is null && records.Values.Count(other => other.Text == record.Text) == 2,
            "repeated_header" => record.Text == header.Text,
            "test_order" => Value() == "TEST" && record.Fields[0].StartsWith("TEST", StringComparison.Ordinal),
            "test_customer" => Value() == "TEST",
            "late_registration" => record.Fields.Count == header.Fields.Count,
            "too_few_fields" => record.Fields.Count < header.Fields.Count && original!.StartsWith(record.Text, StringComparison.Ordinal),
            "too_many_fields" => record.Fields.Count > header.Fields.Count,
            "missing_order_id" or "missing_customer" or "missing_account" or "missing_contact_id" => Value().Length == 0,
            "customer_spelt_otherwise" or "account_spelt_otherwise" or "email_spelt_otherwise" or "category_spelt_otherwise" =>
                record.Text != original && IsSameBut(original!, record.Text),
            "zero_quantity" => Value() == "0",
            "negative_price" => Value().StartsWith('-'),
            "decimal_comma" => Value().Contains(',', StringComparison.Ordinal),
            "awkward_text" => Value().AsSpan().ContainsAny("\",\n;"),
            "mojibake" => Value().Contains('Ã', StringComparison.Ordinal),
            _ => record.Text != original && original!.Length > 0 && record.Fields.Count == header.Fields.Count,
        };
    }

    private static bool IsSameBut(string original, string spelt) =>
        string.Concat(original.Where(c => c != ' ')).Equals(
            string.Concat(spelt.Where(c => c != ' ')), StringComparison.OrdinalIgnoreCase);

    private List<DirtRow> Faults() =>
        [.. sample.Folder.Rows("SELECT file, line, kind, column_name, outcome, original, net_gbp FROM '{truth}/dirt.parquet'")
            .Select(row => new DirtRow(
                (string)row[0], (long)row[1], (string)row[2], row[3] as string, (string)row[4], row[5] as string, (decimal)row[6]))];

    private sealed record DirtRow(
        string File, long Line, string Kind, string? Column, string Outcome, string? Original, decimal Net);
}
