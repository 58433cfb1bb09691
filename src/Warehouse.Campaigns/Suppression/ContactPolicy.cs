using Warehouse.Campaigns.Plans;
using Warehouse.Definitions;
using Warehouse.Store;

namespace Warehouse.Campaigns.Suppression;

/// <summary>What holds for every campaign of a workspace: <c>campaigns/_policy.yaml</c>.</summary>
/// <param name="Caps">How often a customer may be contacted by all campaigns together.</param>
/// <param name="HoldOut">Who is never treated by any campaign, so that all of them together can be measured; null where there is none.</param>
public sealed record ContactPolicy(IReadOnlyList<ContactCap> Caps, UniversalHoldOut? HoldOut)
{
    /// <summary>The channels by which customers can be reached.</summary>
    public static IReadOnlyList<string> Channels { get; } = ["email", "sms", "phone", "post"];

    /// <summary>Without caps and without a hold-out.</summary>
    public static ContactPolicy None { get; } = new([], null);

    /// <summary>The policy of a workspace; none where it has no such file.</summary>
    /// <exception cref="DefinitionException">It is at fault.</exception>
    public static ContactPolicy Load(Workspace workspace)
    {
        var path = workspace.PathOf($"{CampaignPlan.Folder}/_policy.yaml");
        return File.Exists(path) ? Read(DefinitionFile.Load(path, workspace.NameOf(path))) : None;
    }

    internal static ContactPolicy Read(DefinitionFile file)
    {
        var holdOut = file.Root.Map("hold_out");
        var policy = new ContactPolicy(
            ReadCaps(file.Root),
            holdOut is null ? null : new UniversalHoldOut(holdOut.Number("share", 0, .5m) ?? 0, holdOut.RequiredText("seed")));
        file.ThrowIfFaulty();
        return policy;
    }

    internal static IReadOnlyList<ContactCap> ReadCaps(DefinitionMap root) =>
    [
        .. root.Maps("caps").Select(map =>
        {
            foreach (var key in (string[])["touches", "days"])
            {
                if (!map.Has(key))
                {
                    map.Fault(key, $"\"{key}\" is missing in a cap.");
                }
            }

            var channel = map.TextValue("channel");
            if (channel is not null && !Channels.Contains(channel.Text))
            {
                channel.Fault($"\"{channel}\" is no channel. {NearNames.Hint(channel.Text, Channels, "channels")}");
            }

            return new ContactCap(map.Whole("touches", 1, 1000) ?? 1, map.Whole("days", 1, 3660) ?? 1, channel?.Text);
        }),
    ];
}

/// <summary>At most so many contacts in so many days, all campaigns together; being in a control group is no contact.</summary>
/// <param name="Touches">The most.</param>
/// <param name="Days">Within so many times 24 hours before the launch.</param>
/// <param name="Channel">By this channel alone; null counts all channels.</param>
public sealed record ContactCap(int Touches, int Days, string? Channel);

/// <summary>A share of all customers that no campaign treats.</summary>
/// <param name="Share">Of all customers.</param>
/// <param name="Seed">What they are drawn by.</param>
public sealed record UniversalHoldOut(decimal Share, string Seed);
