using System.Security.Cryptography;
using System.Text;

namespace Warehouse.Analysis.Populations;

/// <summary>Names what a result was computed by: SHA-256 of the definition and of the SQL that carries it out.</summary>
internal static class DefinitionHash
{
    /// <param name="parts">The parts in their order; each is hashed with its length, so that no two lists look alike.</param>
    public static string Of(params IEnumerable<string> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{part.Length}:{part}\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
