using Warehouse.SampleData.Calendar;
using Warehouse.SampleData.Campaigns;
using Warehouse.SampleData.Chance;
using Warehouse.SampleData.Customers;

namespace Warehouse.SampleData.People;

/// <summary>Makes the person to a customer's traits: names, addresses, accounts, what changed when, consents.</summary>
internal sealed class PersonFactory(int seed, TradingClock clock, Identifiers identifiers)
{
    private const double ChangesPerYear = 0.14;

    private static readonly string[] s_domains = ["example.com", "example.org", "example.net"];
    private static readonly string[] s_occupations =
        ["employed", "employed", "employed", "self-employed", "public service", "at home", "retired", "unemployed"];

    private static readonly string[] s_segments = ["everyday", "home lover", "gifts", "bargain", "premium"];
    private static readonly string[] s_acquisition = ["store", "search", "social", "friend", "leaflet", "event"];

    private readonly Rng _rng = new(seed, RandomStream.Person);
    private readonly Rng _householdRng = new(seed, RandomStream.Household);

    public Person Make(Traits customer)
    {
        var index = customer.Index;
        var registeredAt = PurchaseTime.Of(customer, clock, customer.AcquiredAt);
        var household = HouseholdOf(index);
        var head = household == index ? null : NameOf(household, household);
        var (firstName, lastName, isFemale, email) = NameOf(index, household);
        var address = Address.Draw(customer.HomeStore, _householdRng);
        var birthYear = registeredAt.Date.Year - 18 - (int)(57 * _rng.Beta(1.6, 2.4));

        var isOnWeb = customer.Shopping != Shopping.ShopsOnly && !(customer.Origin == Origin.Prospect && _rng.Chance(0.3));
        var hasCard = customer.Shopping != Shopping.WebOnly;
        var isInCrm = hasCard || !isOnWeb || _rng.Chance(0.5);
        var link = DrawLink(customer, isInCrm, isOnWeb, hasCard);
        var shares = head is not null && !customer.IsUndisturbed && link == Link.OneSource;
        var sharesPhone = shares && _rng.Chance(0.35);
        var sharesEmail = shares && !isOnWeb && _rng.Chance(0.10);
        var phone = identifiers.Phone(sharesPhone ? household : index);
        var crmEmail = link switch
        {
            Link.Email => email,
            Link.OneSource when sharesEmail => head!.Email,
            Link.OneSource when !isOnWeb && _rng.Chance(0.75) => email,
            _ => null,
        };
        var crmPhone = link is Link.NameAndPostcode or Link.Nothing ? null : phone;
        if (link == Link.Phone && phone is null)
        {
            link = Link.NameAndPostcode;
        }

        var registersTwice = isInCrm && !customer.IsUndisturbed && _rng.Chance(0.015);
        var profiles = DrawProfiles(customer, registeredAt, birthYear, lastName, address, crmEmail);
        var isLate = customer is { Origin: Origin.Newcomer, IsUndisturbed: false } && profiles.Count == 1
            && registeredAt.PlusDays(63) < LocalTime.Midnight(clock.To) && _rng.Chance(0.015);
        var person = new Person
        {
            Index = index,
            Household = household,
            FirstName = firstName,
            IsFemale = isFemale,
            BirthYear = birthYear,
            RegisteredAt = registeredAt,
            CrmRegisteredAt = isLate ? registeredAt.PlusDays(3 + _rng.Below(60)) : registeredAt,
            AcquisitionChannel = hasCard && _rng.Chance(0.6) ? "store" : _rng.Pick<string>(s_acquisition),
            Link = link,
            Account = isInCrm ? identifiers.Account(index, 0) : null,
            SecondAccount = registersTwice ? identifiers.Account(index, 1) : null,
            LoyaltyCard = isInCrm && hasCard ? identifiers.LoyaltyCard(index, 0) : null,
            SecondCard = registersTwice && hasCard ? identifiers.LoyaltyCard(index, 1) : null,
            SecondRegisteredAt = LaterInWindow(registeredAt),
            WebAccount = isOnWeb ? identifiers.WebAccount(index) : null,
            CrmPhone = crmPhone,
            WebPhone = link == Link.Nothing ? null : phone,
            WebAddress = link == Link.Nothing ? Address.Draw(customer.HomeStore, _rng) : profiles[^1].Address,
            WebEmail = email,
            Profiles = profiles,
        };
        DrawConsents(person);
        return person;
    }

    /// <summary>What a person is called; afterwards the two streams stand where the address and the rest are drawn.</summary>
    private Name NameOf(int index, int household)
    {
        _householdRng.Restart(seed, RandomStream.Household, household);
        var last = Names.Last(_householdRng);
        _rng.Restart(seed, RandomStream.Person, index);
        var isFemale = _rng.Chance(0.56);
        var first = Names.First(isFemale, _rng);
        var local = $"{Names.Plain(first)}.{Names.Plain(last)}".ToLowerInvariant();
        var email = $"{local}{identifiers.EmailNumber(index)}@{_rng.Pick<string>(s_domains)}";
        return new Name(first, last, isFemale, email);
    }

    /// <summary>One in six people at odd indices lives with the person before.</summary>
    private int HouseholdOf(int index)
    {
        if (index % 2 == 0)
        {
            return index;
        }

        _householdRng.Restart(seed, RandomStream.Household, -index);
        return _householdRng.Chance(1.0 / 6) ? index - 1 : index;
    }

    private Link DrawLink(Traits customer, bool isInCrm, bool isOnWeb, bool hasCard)
    {
        var draw = _rng.Uniform();
        if (!isInCrm || !isOnWeb)
        {
            return Link.OneSource;
        }

        // A web customer without a card is in the CRM because the web store told it, by e-mail address.
        if (customer.IsUndisturbed || !hasCard)
        {
            return Link.Email;
        }

        return draw switch
        {
            < 0.72 => Link.Email,
            < 0.87 => Link.Phone,
            < 0.96 => Link.NameAndPostcode,
            _ => Link.Nothing,
        };
    }

    private List<Profile> DrawProfiles(
        Traits customer, LocalTime registeredAt, int birthYear, string lastName, Address address, string? email)
    {
        var age = registeredAt.Date.Year - birthYear;
        var occupation = age switch
        {
            < 25 when _rng.Chance(0.6) => "student",
            >= 66 => "retired",
            _ => _rng.Pick<string>(s_occupations),
        };
        var profile = new Profile(
            registeredAt, lastName, address, email, occupation, _rng.Pick<string>(s_segments), registeredAt.Date);
        var profiles = new List<Profile>(1) { profile };

        var end = LocalTime.Midnight(clock.To);
        var time = registeredAt < LocalTime.Midnight(clock.From) ? LocalTime.Midnight(clock.From) : registeredAt;
        while (true)
        {
            time = time.PlusDays(1 + (365.25 * _rng.Exponential() / ChangesPerYear)).AvoidingClockChange();
            if (time >= end)
            {
                return profiles;
            }

            profile = Change(customer, profile, time) with { From = time, ConfirmedOn = time.Date };
            profiles.Add(profile);
        }
    }

    private Profile Change(Traits customer, Profile profile, LocalTime at) => _rng.Uniform() switch
    {
        < 0.45 => profile with { Address = Address.Draw(customer.HomeStore, _rng) },
        < 0.60 when profile.Email is not null => profile with { Email = NextEmail(profile.Email, at) },
        < 0.80 => profile with
        {
            Occupation = profile.Occupation == "student" ? "employed" : _rng.Pick<string>(s_occupations),
        },
        < 0.85 => profile with { LastName = Names.Last(_rng) },
        < 0.95 => profile with { Segment = _rng.Pick<string>(s_segments) },
        _ => profile,
    };

    private LocalTime LaterInWindow(LocalTime registeredAt)
    {
        var from = Math.Max(registeredAt.Seconds, LocalTime.Midnight(clock.From).Seconds);
        var span = LocalTime.Midnight(clock.To).Seconds - from;
        return new LocalTime(from + (long)(_rng.Uniform() * span)).AvoidingClockChange();
    }

    private static string NextEmail(string email, LocalTime at) =>
        email.Insert(email.IndexOf('@', StringComparison.Ordinal), $".{at.Date:yyMMdd}");

    private void DrawConsents(Person person)
    {
        _rng.Restart(seed, RandomStream.Consent, person.Index);
        if (person.Account is not null)
        {
            State(person, ConsentSource.Crm, Medium.Email, 0.70, 0.62);
            State(person, ConsentSource.Crm, Medium.Phone, 0.60, 0.30);
            State(person, ConsentSource.Crm, Medium.Post, 0.80, 0.65);
            State(person, ConsentSource.Crm, Medium.Sms, 0.50, 0.60);
        }

        if (person.WebAccount is not null)
        {
            State(person, ConsentSource.Webshop, Medium.Email, 0.90, 0.72);
            State(person, ConsentSource.Webshop, Medium.Sms, 0.50, 0.60);
            State(person, ConsentSource.Webshop, Medium.Email, 0.40, 0.80, Purpose.Profiling);
        }
    }

    private void State(
        Person person, ConsentSource source, Medium medium, double asked, double granted, Purpose purpose = Purpose.Marketing)
    {
        if (!_rng.Chance(asked))
        {
            return;
        }

        var isGranted = _rng.Chance(granted);
        person.Consents.Add(new Consent(person.RegisteredAt, source, medium, purpose, isGranted));
        if (_rng.Chance(isGranted ? 0.08 : 0.05))
        {
            var later = LaterInWindow(person.RegisteredAt);
            person.Consents.Add(new Consent(later, source, medium, purpose, !isGranted));
        }
    }

    private sealed record Name(string First, string Last, bool IsFemale, string Email);
}
