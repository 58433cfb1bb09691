using Warehouse.Definitions;

namespace Warehouse.Models.Lifetime;

/// <summary>The models of this room.</summary>
public enum LifetimeModelKind
{
    /// <summary>Beta-geometric/NBD: purchases at any time, dropout after a purchase.</summary>
    BgNbd,

    /// <summary>Modified beta-geometric/NBD: as <see cref="BgNbd"/>, and the first purchase may be the last.</summary>
    MbgNbd,

    /// <summary>Pareto/NBD: purchases at any time, dropout at any time.</summary>
    ParetoNbd,

    /// <summary>Beta-geometric/beta-Bernoulli: purchases and dropout at discrete occasions.</summary>
    BgBb,

    /// <summary>Gamma-Gamma: spend per purchase.</summary>
    GammaGamma,

    /// <summary>Shifted-beta-geometric: contracts that are renewed or ended at fixed times.</summary>
    ShiftedBetaGeometric,
}

/// <summary>The names that commands and files use for the models.</summary>
public static class LifetimeModelKinds
{
    private static readonly (LifetimeModelKind Kind, string Name)[] Names =
    [
        (LifetimeModelKind.BgNbd, "bg-nbd"),
        (LifetimeModelKind.MbgNbd, "mbg-nbd"),
        (LifetimeModelKind.ParetoNbd, "pareto-nbd"),
        (LifetimeModelKind.BgBb, "bg-bb"),
        (LifetimeModelKind.GammaGamma, "gamma-gamma"),
        (LifetimeModelKind.ShiftedBetaGeometric, "shifted-beta-geometric"),
    ];

    /// <summary>The model's name: bg-nbd, mbg-nbd, pareto-nbd, bg-bb, gamma-gamma, shifted-beta-geometric.</summary>
    public static string Name(this LifetimeModelKind kind) => Array.Find(Names, entry => entry.Kind == kind).Name;

    /// <summary>The model of a name.</summary>
    /// <exception cref="WrongCommandException">There is no such model; the message says which there are.</exception>
    public static LifetimeModelKind Parse(string name)
    {
        foreach (var entry in Names)
        {
            if (string.Equals(entry.Name, name, StringComparison.Ordinal))
            {
                return entry.Kind;
            }
        }

        throw new WrongCommandException(
            $"There is no lifetime model \"{name}\". {NearNames.Hint(name, Names.Select(entry => entry.Name), "lifetime models")}");
    }
}
