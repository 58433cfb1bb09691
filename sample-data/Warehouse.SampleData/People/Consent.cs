using Warehouse.SampleData.Calendar;
using Warehouse.SampleData.Campaigns;

namespace Warehouse.SampleData.People;

internal enum ConsentSource
{
    Crm,
    Webshop,

    /// <summary>The program that sends campaigns: it hears of unsubscribing.</summary>
    Mailer,
}

internal enum Purpose
{
    Marketing,
    Profiling,
}

/// <summary>One statement of a person to one source about one medium.</summary>
internal readonly record struct Consent(LocalTime At, ConsentSource Source, Medium Medium, Purpose Purpose, bool IsGranted)
{
    /// <summary>Whether a person may be reached for marketing: some source was told yes, and no source's last word is no.</summary>
    public static bool Permits(IReadOnlyList<Consent> statements, Medium medium, LocalTime at)
    {
        Span<bool?> lastWords = [null, null, null];
        foreach (var statement in statements)
        {
            if (statement.Medium == medium && statement.Purpose == Purpose.Marketing && statement.At < at)
            {
                lastWords[(int)statement.Source] = statement.IsGranted;
            }
        }

        return !lastWords.Contains(false) && lastWords.Contains(true);
    }
}
