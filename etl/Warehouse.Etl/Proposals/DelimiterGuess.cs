namespace Warehouse.Etl.Proposals;

/// <summary>Tells what separates the fields of a text from how regular each sign makes its lines.</summary>
/// <param name="Delimiter">The sign; null where runs of blanks separate.</param>
/// <param name="Fields">How many fields most lines have then.</param>
/// <param name="Share">How many of the lines have so many, 0 to 1.</param>
internal sealed record DelimiterGuess(string? Delimiter, int Fields, double Share)
{
    private static readonly string[] Candidates = [",", ";", "\t", "|", "^", "~", "\u001F", "\u0001"];
    private static readonly string[] LongCandidates = ["~|~", "|~|", "||", "::", "^^", "##"];

    /// <summary>Judges the first lines of a text.</summary>
    public static DelimiterGuess Of(IReadOnlyList<string> lines)
    {
        var guesses = Candidates.Select(sign => Judge(lines, sign, line => FieldsOf(line, sign))).ToList();
        if (LongCandidates.Where(sign => lines.Take(1).Any(line => AreAllOf(line, sign))).Select(sign => Judge(lines, sign, line => FieldsOf(line, sign))).FirstOrDefault(guess => guess is { Fields: > 1, Share: > .9 }) is { } certain)
        {
            return certain;
        }

        if (guesses.Max(guess => guess.Fields) == 1)
        {
            guesses.Add(Judge(lines, null, line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length));
        }

        var best = guesses
            .OrderByDescending(guess => guess.Fields > 1)
            .ThenByDescending(guess => Math.Round(guess.Share, 1))
            .ThenByDescending(guess => guess.Fields)
            .First();
        return best is { Delimiter: null, Share: < .9 } ? guesses[0] : best;
    }

    private static DelimiterGuess Judge(IReadOnlyList<string> lines, string? sign, Func<string, int> count)
    {
        var most = lines.GroupBy(count).MaxBy(group => (group.Count(), group.Key));
        return most is null ? new DelimiterGuess(sign, 1, 0) : new DelimiterGuess(sign, most.Key, (double)most.Count() / lines.Count);
    }

    /// <summary>How many fields a line has with this delimiter.</summary>
    public int FieldsIn(string line) => Delimiter is { } sign ? FieldsOf(line, sign) : line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    /// <summary>How many fields of a line hold something.</summary>
    public int FilledIn(string line) => Delimiter is { } sign ? line.Split(sign).Count(field => !string.IsNullOrWhiteSpace(field)) : FieldsIn(line);

    /// <summary>How many fields a line has: signs within quotes do not count.</summary>
    private static int FieldsOf(string line, string sign)
    {
        var (fields, isQuoted) = (1, false);
        for (var at = 0; at < line.Length; at++)
        {
            isQuoted ^= line[at] == '"';
            if (!isQuoted && string.CompareOrdinal(line, at, sign, 0, sign.Length) == 0)
            {
                fields++;
                at += sign.Length - 1;
            }
        }

        return fields;
    }

    /// <summary>Whether a line has the sign, and what it consists of nowhere else.</summary>
    private static bool AreAllOf(string line, string sign) =>
        line.Contains(sign, StringComparison.Ordinal) && line.Replace(sign, "", StringComparison.Ordinal).IndexOfAny([.. sign]) < 0;
}
