using System.Net;

namespace MiStore.Gateway.Edge;

/// <summary>Networks as a setting: <c>10.0.0.0/8 fd00::/8</c>.</summary>
public static class Networks
{
    public static bool TryParse(string text, out IReadOnlyList<IPNetwork> networks)
    {
        var parsed = new List<IPNetwork>();
        networks = parsed;
        foreach (var word in text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
            if (IPNetwork.TryParse(word, out var network))
                parsed.Add(network);
            else
                return false;
        return true;
    }
}
