using Warehouse.SampleData.Calendar;
using Warehouse.SampleData.Campaigns;

namespace Warehouse.SampleData.People;

/// <summary>By what a person's account in the CRM and in the web store can be known to be one person's.</summary>
internal enum Link
{
    /// <summary>Known to one of them alone.</summary>
    OneSource,
    Email,
    Phone,
    NameAndPostcode,

    /// <summary>By nothing in the files: only the truth knows.</summary>
    Nothing,
}

/// <summary>What was true of a person from a day on.</summary>
internal sealed record Profile(
    LocalTime From, string LastName, Address Address, string? Email, string Occupation, string Segment, DateOnly ConfirmedOn);

/// <summary>A person as the systems know him.</summary>
internal sealed class Person
{
    public required int Index { get; init; }

    /// <summary>The index of the person who heads the household.</summary>
    public required int Household { get; init; }

    public required string FirstName { get; init; }

    public required bool IsFemale { get; init; }

    public required int BirthYear { get; init; }

    public required LocalTime RegisteredAt { get; init; }

    /// <summary>When the CRM came to know of it: for some only weeks after the first order.</summary>
    public required LocalTime CrmRegisteredAt { get; init; }

    public required string AcquisitionChannel { get; init; }

    public required Link Link { get; init; }

    /// <summary>The account in the CRM, or null.</summary>
    public required string? Account { get; init; }

    /// <summary>A second account in the CRM of one who registered twice, or null.</summary>
    public required string? SecondAccount { get; init; }

    public required string? LoyaltyCard { get; init; }

    public required string? SecondCard { get; init; }

    public required LocalTime SecondRegisteredAt { get; init; }

    public required string? WebAccount { get; init; }

    /// <summary>The telephone number that the CRM knows, or null.</summary>
    public required string? CrmPhone { get; init; }

    public required string? WebPhone { get; init; }

    /// <summary>The address that the web store knows.</summary>
    public required Address WebAddress { get; init; }

    /// <summary>The e-mail address with which the person buys on the web, from the beginning.</summary>
    public required string WebEmail { get; init; }

    /// <summary>In the order of time; the first holds from the registration. E-mail addresses are what the CRM knows.</summary>
    public required IReadOnlyList<Profile> Profiles { get; init; }

    public List<Consent> Consents { get; } = [];

    public Profile Current => Profiles[^1];

    public Profile At(LocalTime time)
    {
        var i = Profiles.Count - 1;
        while (i > 0 && Profiles[i].From > time)
        {
            i--;
        }

        return Profiles[i];
    }

    /// <summary>The e-mail address with which the person buys on the web at a time.</summary>
    public string WebEmailAt(LocalTime time) => (Link == Link.Email ? At(time).Email : null) ?? WebEmail;

    /// <summary>All e-mail addresses in the files that are the person's, or that he shares.</summary>
    public IEnumerable<string> Emails
    {
        get
        {
            var known = Profiles.Select(profile => profile.Email);
            return (WebAccount is null ? known : known.Append(WebEmail)).OfType<string>().Distinct(StringComparer.Ordinal);
        }
    }

    /// <summary>The e-mail address that campaigns go to, or null.</summary>
    public string? MailingAddress => Current.Email ?? (WebAccount is null ? null : WebEmail);

    public bool CanBeReachedBy(Medium medium) => medium switch
    {
        Medium.Email => MailingAddress is not null,
        Medium.Post => Account is not null,
        _ => CrmPhone is not null || WebPhone is not null,
    };
}
