using System.Text;
using Warehouse.SampleData.Chance;
using Warehouse.SampleData.Files;

namespace Warehouse.SampleData.Dirt;

/// <summary>Faults that files of every data set have, by the columns of one.</summary>
internal sealed class Recipes(string[] columns)
{
    private static readonly string[] s_nulls = ["NULL", "null", "N/A", "n/a", "-", @"\N", "#N/A", "(null)"];
    private static readonly string[] s_words = ["two", "n/a", "call store", "see note", "1O.99", "??"];

    /// <summary>Puts a value drawn for the purpose in a column.</summary>
    public FaultRecipe Replace(string kind, Outcome outcome, int perMillion, string column, params string[] values) =>
        Change(kind, outcome, perMillion, column, (_, rng) => rng.Pick<string>(values));

    public FaultRecipe Change(
        string kind, Outcome outcome, int perMillion, string column, Func<string, Rng, string> change)
    {
        var at = Array.IndexOf(columns, column);
        return new FaultRecipe(kind, outcome, perMillion, column, (fields, rng) =>
        {
            fields[at] = change(fields[at], rng);
            return Csv.Row(fields);
        })
        {
            Suits = fields => fields[at].Length > 0,
        };
    }

    public FaultRecipe Missing(string kind, Outcome outcome, int perMillion, string column) =>
        Replace(kind, outcome, perMillion, column, "");

    public FaultRecipe TextInNumber(int perMillion, string column) =>
        Replace("text_in_number", Outcome.Reject, perMillion, column, s_words);

    public FaultRecipe ImpossibleDate(int perMillion, string column) =>
        Change("impossible_date", Outcome.Reject, perMillion, column, (value, rng) =>
            rng.Pick<string>(["2024-02-30", "2023-06-31", "2025-13-01", "2023-02-29"]) + value[Math.Min(10, value.Length)..]);

    public FaultRecipe FutureDate(int perMillion, string column) =>
        Change("future_date", Outcome.Reject, perMillion, column, (value, rng) => $"{2032 + (4 * rng.Below(15))}{value[4..]}");

    /// <summary>An identifier in lower case or with blanks around it; it still names the same thing.</summary>
    public FaultRecipe SpeltOtherwise(string kind, int perMillion, string column) =>
        Change(kind, Outcome.Keep, perMillion, column, (value, rng) => rng.Below(3) switch
        {
            0 => value.ToLowerInvariant() + " ",
            1 => $"  {value}",
            _ => value.Contains('@', StringComparison.Ordinal) ? value.ToUpperInvariant() : $" {value.ToLowerInvariant()} ",
        });

    /// <summary>An optional column that says in letters that it is empty.</summary>
    public FaultRecipe NullSpeltOut(int perMillion, string column)
    {
        var at = Array.IndexOf(columns, column);
        return Replace("null_spelt_out", Outcome.Keep, perMillion, column, s_nulls) with
        {
            Suits = fields => fields[at].Length == 0,
        };
    }

    /// <summary>Letters with accents whose UTF-8 was read as Windows-1252 once before the file was written.</summary>
    public FaultRecipe Mojibake(int perMillion, string column) =>
        Change("mojibake", Outcome.Keep, perMillion, column, (value, _) =>
        {
            var accented = Ascii.IsValid(value) ? value.Insert(Math.Min(2, value.Length), "é") : value;
            return Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(accented));
        });

    public static FaultRecipe ExactDuplicate(int perMillion) =>
        new("exact_duplicate", Outcome.Duplicate, perMillion, null, (fields, _) => Csv.Row(fields))
        {
            Place = FaultPlace.AfterRow,
        };

    public FaultRecipe RepeatedHeader(int perMillion) =>
        new("repeated_header", Outcome.Reject, perMillion, null, (_, _) => Csv.Row(columns))
        {
            Place = FaultPlace.AfterRow,
        };

    /// <summary>The row breaks off after some fields.</summary>
    public static FaultRecipe TooFewFields(int perMillion) =>
        new("too_few_fields", Outcome.Reject, perMillion, null, (fields, rng) =>
            Csv.Row(fields.Take(2 + rng.Below(fields.Length / 2))));

    public static FaultRecipe TooManyFields(int perMillion) =>
        new("too_many_fields", Outcome.Reject, perMillion, null, (fields, _) => Csv.Row(fields) + ",,x");

    /// <summary>An order that somebody placed to try the till.</summary>
    public FaultRecipe TestOrder(int perMillion, string orderColumn, string customerColumn)
    {
        var (order, customer) = (Array.IndexOf(columns, orderColumn), Array.IndexOf(columns, customerColumn));
        return new FaultRecipe("test_order", Outcome.Reject, perMillion, customerColumn, (fields, rng) =>
        {
            fields[order] = $"TEST{rng.Below(1_000_000):000000}";
            fields[customer] = "TEST";
            return Csv.Row(fields);
        })
        {
            Place = FaultPlace.AfterRow,
        };
    }

    public FaultRecipe TestCustomer(int perMillion, string accountColumn) =>
        Replace("test_customer", Outcome.Reject, perMillion, accountColumn, "TEST") with { Place = FaultPlace.AfterRow };
}
