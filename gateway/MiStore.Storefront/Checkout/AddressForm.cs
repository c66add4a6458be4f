using System.Text.Json.Serialization;
using MiStore.Client;
using MiStore.Storefront.Visits;

namespace MiStore.Storefront.Checkout;

/// <summary>What the shopper has typed. It goes from screen to screen in the form itself: we keep no addresses.</summary>
public sealed class AddressForm
{
    public string? Email { get; set; }
    public string? Name { get; set; }
    public string? Line1 { get; set; }
    public string? Line2 { get; set; }
    public string? PostalCode { get; set; }
    public string? City { get; set; }
    public string? Region { get; set; }

    /// <summary>A method's code; null until one is chosen.</summary>
    public string? Shipping { get; set; }

    [JsonIgnore]
    public IEnumerable<(string Name, string? Value)> Fields =>
    [
        (nameof(Email), Email), (nameof(Name), Name), (nameof(Line1), Line1), (nameof(Line2), Line2),
        (nameof(PostalCode), PostalCode), (nameof(City), City), (nameof(Region), Region), (nameof(Shipping), Shipping),
    ];

    /// <summary>Names of the fields that are needed and empty, or are no e-mail address; the rest is the store's to judge.</summary>
    public IReadOnlySet<string> Gaps(Place place)
    {
        var needed = new List<string> { nameof(Email), nameof(Name), nameof(Line1), nameof(PostalCode), nameof(City) };
        if (AddressLayout.HasRegion(place.Market.Code))
            needed.Add(nameof(Region));

        var gaps = Fields.Where(field => needed.Contains(field.Name) && string.IsNullOrWhiteSpace(field.Value))
            .Select(field => field.Name).ToHashSet();
        if (Email?.Trim().Split('@') is not [{ Length: > 0 }, { Length: > 0 }])
            gaps.Add(nameof(Email));
        return gaps;
    }

    [JsonIgnore]
    public Customer Customer => new(Trimmed(Email), Trimmed(Name));

    public Address AddressIn(string country) => new(
        Trimmed(Name), Trimmed(Line1), string.IsNullOrWhiteSpace(Line2) ? null : Line2.Trim(), Trimmed(City),
        AddressLayout.HasRegion(country) ? Trimmed(Region) : null, Trimmed(PostalCode), country);

    public Destination DestinationIn(string country) => AddressIn(country) is var address
        ? new Destination(country, address.Region, address.PostalCode) : throw new InvalidOperationException();

    static string Trimmed(string? text) => text?.Trim() ?? "";
}
