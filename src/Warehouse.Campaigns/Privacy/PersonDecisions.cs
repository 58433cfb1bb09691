using System.Data.Common;
using System.Text;
using System.Text.RegularExpressions;
using Warehouse.Store;

namespace Warehouse.Campaigns.Privacy;

/// <summary>
/// What people decided about who is who stays decided, about a person without a name: in <c>identity.yaml</c> and
/// <c>star.identity_decision</c> his identifiers become those that he has from now on, and the words go.
/// </summary>
internal static partial class PersonDecisions
{
    private const string FileName = "identity.yaml";

    /// <summary>Rewrites both, after the person's identifiers were erased.</summary>
    /// <returns>The places that named him.</returns>
    public static async Task<IReadOnlyList<ErasedPlace>> EraseAsync(
        DbConnection connection, Workspace workspace, PersonTokens tokens, CancellationToken cancellationToken)
    {
        var labels = await connection.RowsAsync(
            "SELECT erased.source || ':' || erased.source_id, identity.source || ':' || identity.source_id FROM temp.erased_identity AS erased JOIN star.customer_identity AS identity USING (identity_key)",
            row => (Before: row.GetString(0), After: row.GetString(1)),
            cancellationToken);
        var decisions = await connection.ExecuteAsync(
            """
            UPDATE star.identity_decision
            SET because = 'forgotten',
                identifiers = list_transform(identifiers, lambda label: coalesce(CAST($after AS VARCHAR[])[list_position(CAST($before AS VARCHAR[]), label)], label))
            WHERE list_has_any(identifiers, CAST($before AS VARCHAR[]))
            """,
            cancellationToken,
            ("before", labels.Select(label => label.Before).ToArray()),
            ("after", labels.Select(label => label.After).ToArray()));
        var places = new List<ErasedPlace>();
        if (decisions > 0)
        {
            places.Add(new ErasedPlace("star.identity_decision", decisions));
        }

        var path = workspace.PathOf(FileName);
        if (File.Exists(path) && await EraseFileAsync(path, labels, tokens, cancellationToken) is > 0 and var changed)
        {
            places.Add(new ErasedPlace(FileName, changed));
        }

        return places;
    }

    private static async Task<long> EraseFileAsync(
        string path, IReadOnlyList<(string Before, string After)> labels, PersonTokens tokens, CancellationToken cancellationToken)
    {
        var parts = Entry().Split(await File.ReadAllTextAsync(path, cancellationToken));
        var changed = 0L;
        for (var place = 0; place < parts.Length; place++)
        {
            var part = parts[place];
            foreach (var (before, after) in labels)
            {
                part = Regex.Replace(
                    part, $@"(?<![\p{{L}}\p{{N}}:]){Regex.Escape(before)}(?![\p{{L}}\p{{N}}])", after.Replace("$", "$$", StringComparison.Ordinal), RegexOptions.None, TimeSpan.FromMinutes(1));
            }

            if (part != parts[place])
            {
                part = Because().Replace(part, "because: forgotten");
                parts[place] = tokens.AnyPattern is { } any ? any.Replace(part, "forgotten") : part;
                changed++;
            }
        }

        if (changed > 0)
        {
            await File.WriteAllTextAsync(path, string.Concat(parts), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), cancellationToken);
        }

        return changed;
    }

    /// <summary>Why it was decided: in quotes, up to the next entry of a mapping in braces, or to the end of the line.</summary>
    [GeneratedRegex("""because:[ \t]*("(\\.|[^"\\])*"|'(''|[^'])*'|(?<=\{[^\n]*)[^,}\n]*|[^\n]*)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Because();

    /// <summary>Where an entry of a list begins.</summary>
    [GeneratedRegex(@"^(?=\s*- )", RegexOptions.Multiline, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Entry();
}
