namespace Warehouse.Cli.Output;

/// <summary>What a reader should know beside the numbers, on standard error so that answers stay clean.</summary>
internal static class Notes
{
    public static void Tell(string words, IReadOnlyList<string> notes)
    {
        Console.Error.WriteLine($"{char.ToUpperInvariant(words[0])}{words[1..]}.");
        foreach (var note in notes)
        {
            Console.Error.WriteLine($"Note: {note}");
        }
    }
}
