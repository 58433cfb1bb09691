using System.Text;
using Warehouse.Definitions;
using Warehouse.Etl.Feeds;
using Warehouse.Etl.Staging;
using Warehouse.Store;

namespace Warehouse.Etl.Mapping;

/// <summary>What the lookups of a feed say, read once for a load.</summary>
internal sealed class KnownLookups
{
    private readonly Dictionary<Lookup, LookupTexts> _texts = new(ReferenceEqualityComparer.Instance);

    /// <summary>What one of them says.</summary>
    public LookupTexts this[Lookup lookup] => _texts[lookup];

    /// <summary>Reads them all.</summary>
    /// <exception cref="DefinitionException">Files are not there, cannot be read, or have no such columns.</exception>
    public static async Task<KnownLookups> ReadAsync(Workspace workspace, Feed feed, CancellationToken cancellationToken)
    {
        var known = new KnownLookups();
        var faults = new List<DefinitionFault>();
        foreach (var lookup in feed.Values.Select(source => source.Lookup).OfType<Lookup>())
        {
            Dictionary<string, string>? texts = null;
            foreach (var step in lookup.Steps)
            {
                var values = step.Files is { } files ? await ReadAsync(workspace, files, faults, cancellationToken) : new(step.Said, StringComparer.Ordinal);
                texts = texts?.Where(pair => values.ContainsKey(pair.Value)).ToDictionary(pair => pair.Key, pair => values[pair.Value], StringComparer.Ordinal) ?? values;
            }

            known._texts[lookup] = new LookupTexts(texts ?? [], lookup.Otherwise);
        }

        return faults.Count > 0 ? throw new DefinitionException(faults) : known;
    }

    private static async Task<Dictionary<string, string>> ReadAsync(
        Workspace workspace, LookupFiles files, List<DefinitionFault> faults, CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var paths = SourceFinder.Matching(workspace, files.Source.Files);
        if (paths.Count == 0)
        {
            faults.Add(FaultAt(files.Place, $"The lookup finds no file: \"{files}\" matches nothing in {workspace.Folder}."));
        }

        foreach (var path in paths)
        {
            var name = workspace.NameOf(path);
            try
            {
                await using var rows = await RowSources.OpenAsync(path, name, files.Source.Format ?? SourceInspection.FormatOf(path), files.Source, cancellationToken);
                var header = rows.Header.ToList();
                var missing = new[] { files.Key, files.Value }.Where(column => !header.Contains(column.Text)).ToArray();
                if (missing.Length > 0)
                {
                    faults.AddRange(missing.Select(column => FaultAt(column, $"The lookup's file {name} has no column \"{column}\". {NearNames.Hint(column.Text, header, "columns of the file")}")));
                    break;
                }

                Read(rows, header.IndexOf(files.Key.Text), header.IndexOf(files.Value.Text), values, cancellationToken);
            }
            catch (UserFaultException fault)
            {
                faults.Add(FaultAt(files.Place, $"The lookup's file cannot be read. {fault.Message}"));
                break;
            }
        }

        return values;
    }

    private static void Read(IRowSource rows, int key, int value, Dictionary<string, string> values, CancellationToken cancellationToken)
    {
        foreach (var block in rows.Read(cancellationToken))
        {
            using (block)
            {
                for (var row = 0; row < block.Count; row++)
                {
                    var record = block.Record(row);
                    values[TextOf(block, record[key])] = TextOf(block, record[value]);
                }
            }
        }
    }

    private static string TextOf(RecordBlock block, Slice slice) => Encoding.UTF8.GetString(block.Text(slice)).Trim();

    private static DefinitionFault FaultAt(DefinitionText place, string message) => new(place.File, place.Line, place.Column, message);
}
