namespace MiStore.Gateway.Load;

/// <summary>What a request is for, from what can best wait to what can wait least.</summary>
public enum Purpose
{
    /// <summary>Neither limited nor refused: health, and streams, which have a limit of their own.</summary>
    Always,

    Browse,
    SignUp,
    Cart,
    Quote,

    /// <summary>A new order.</summary>
    Order,

    /// <summary>An order that exists: to look at it, pay it or cancel it.</summary>
    Lookup,

    /// <summary>What an operator does: pausing a market, for one.</summary>
    Operate,
}

/// <summary>Tells purposes apart by method and path alone, before any route has been looked for.</summary>
public static class Purposes
{
    public static Purpose Of(string method, PathString path)
    {
        var segments = new Segments(path.Value);
        return segments.Next() switch
        {
            "health" or "alive" => Purpose.Always,
            "api" => OfApi(method, segments),
            "images" or "docs" or "openapi" or "" => Purpose.Browse,
            _ => OfPage(method, segments),
        };
    }

    static Purpose OfApi(string method, Segments segments)
    {
        var isGet = HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
        switch (segments.Next())
        {
            case "markets":
                segments.Next();
                return !isGet ? Purpose.SignUp : segments.Next() is "live" && segments.IsEnd ? Purpose.Always : Purpose.Browse;
            case "carts": return Purpose.Cart;
            case "quotes": return Purpose.Quote;
            case "orders": return segments.IsEnd && !isGet ? Purpose.Order : Purpose.Lookup;
            // A place in a line: to lose it is worse than to wait.
            case "sales":
                segments.Next();
                // A turn that has begun goes on as a cart does: its time is running.
                return isGet ? Purpose.Lookup : segments.Next() is "ticket" ? Purpose.Cart : Purpose.SignUp;
            case "admin": return Purpose.Operate;
            default: return isGet ? Purpose.Browse : Purpose.SignUp;
        }
    }

    // /{market}/{language}/…; the first is read already.
    static Purpose OfPage(string method, Segments segments)
    {
        segments.Next();
        return segments.Next() switch
        {
            "cart" => Purpose.Cart,
            "orders" => Purpose.Lookup,
            "sales" when !HttpMethods.IsPost(method) => Purpose.Lookup,
            "sales" => segments.Next() is not [] && segments.Next() is "turn" or "more-time" ? Purpose.Cart : Purpose.SignUp,
            "checkout" => segments.Next() is "order" && HttpMethods.IsPost(method) ? Purpose.Order : Purpose.Quote,
            _ => HttpMethods.IsPost(method) ? Purpose.SignUp : Purpose.Browse,
        };
    }

    /// <summary>The parts of a path, one after the other, without a copy of each.</summary>
    ref struct Segments(string? path)
    {
        ReadOnlySpan<char> rest = path;

        public readonly bool IsEnd => rest is [] or ['/'];

        public ReadOnlySpan<char> Next()
        {
            if (rest is ['/', ..])
                rest = rest[1..];
            var end = rest.IndexOf('/') is var slash and >= 0 ? slash : rest.Length;
            var segment = rest[..end];
            rest = rest[end..];
            return segment;
        }
    }
}
