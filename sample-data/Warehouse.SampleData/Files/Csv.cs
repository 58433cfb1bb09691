using System.Buffers;
using System.Text;

namespace Warehouse.SampleData.Files;

/// <summary>RFC 4180: fields quoted where they must be, quotes doubled.</summary>
internal static class Csv
{
    private static readonly SearchValues<char> s_special = SearchValues.Create(",\"\r\n");

    public static string Quoted(string field) => field.AsSpan().ContainsAny(s_special)
        ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : field;

    public static string Row(IEnumerable<string> fields) => string.Join(',', fields.Select(Quoted));

    /// <summary>The fields of one record, which may hold line ends within quotes.</summary>
    public static string[] Fields(string record)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var inQuotes = false;
        for (var i = 0; i < record.Length; i++)
        {
            var c = record[i];
            if (inQuotes && c == '"' && i + 1 < record.Length && record[i + 1] == '"')
            {
                field.Append('"');
                i++;
            }
            else if (c == '"')
            {
                inQuotes = !inQuotes;
            }
            else if (c == ',' && !inQuotes)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(c);
            }
        }

        fields.Add(field.ToString());
        return [.. fields];
    }
}
