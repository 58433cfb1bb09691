using System.Globalization;
using System.Text;
using Warehouse.SampleData.Chance;

namespace Warehouse.SampleData.People;

/// <summary>Names put together from syllables, so that nobody real is meant.</summary>
internal static class Names
{
    private static readonly string[] s_firstHeads =
    [
        "Al", "Bri", "Ca", "Dor", "El", "Fa", "Gwe", "Ha", "Is", "Jo", "Ka", "Lu", "Ma", "Ne", "Or", "Pe", "Ro", "Sa", "Ta",
        "Vi", "Wil", "Ze",
    ];

    private static readonly string[] s_femaleTails = ["lia", "nda", "rise", "wen", "tha", "mina", "vette", "lie", "sa"];
    private static readonly string[] s_maleTails = ["ric", "den", "mund", "ton", "vin", "bert", "las", "rik", "nor"];
    private static readonly string[] s_accentedTails = ["élie", "örn", "ñigo", "ëlle", "zoë", "rôme"];

    private static readonly string[] s_lastHeads =
    [
        "Ash", "Bram", "Crow", "Dun", "Elk", "Fair", "Grim", "Hazel", "Iver", "Kest", "Lark", "Mar", "North", "Oak", "Pen",
        "Quar", "Raven", "Sel", "Thorn", "Under", "Wex", "Yar",
    ];

    private static readonly string[] s_lastMiddles = ["", "a", "er", "en", "ing"];

    private static readonly string[] s_lastTails =
        ["combe", "dale", "field", "ley", "mere", "shaw", "stow", "thorpe", "well", "wick", "worth", "ham", "sund", "brück"];

    public static string First(bool isFemale, Rng rng)
    {
        var tails = rng.Chance(0.05) ? s_accentedTails : isFemale ? s_femaleTails : s_maleTails;
        return rng.Pick<string>(s_firstHeads) + rng.Pick<string>(tails);
    }

    public static string Last(Rng rng) =>
        rng.Pick<string>(s_lastHeads) + rng.Pick<string>(s_lastMiddles) + rng.Pick<string>(s_lastTails);

    /// <summary>Without accents: "Zoë" gives "Zoe".</summary>
    public static string Plain(string name)
    {
        if (Ascii.IsValid(name))
        {
            return name;
        }

        var letters = name.Normalize(NormalizationForm.FormD)
            .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark);
        return string.Concat(letters);
    }
}
