using SocialRegistry.Contracts;

namespace SocialRegistry.Grpc.Messages;

internal static class Searches
{
    public static V1.SearchRegistrantsRequest ToWire(this SearchRequest request)
    {
        var wire = new V1.SearchRegistrantsRequest
        {
            Query = request.Query.ToJson().GetRawText(),
            Sort = { request.Sort.Select(s => new V1.SortField { Field = s.Field, Descending = s.Descending }) },
            PageSize = request.Page.Size,
            Count = request.Count switch
            {
                SearchCount.None => V1.SearchCount.Unspecified,
                SearchCount.Estimate => V1.SearchCount.Estimate,
                SearchCount.Exact => V1.SearchCount.Exact,
                _ => throw new ArgumentOutOfRangeException(nameof(request)),
            },
            Options = request.Options.ToWire(),
        };
        if (request.Page.After is { } after)
        {
            wire.After = after;
        }

        return wire;
    }

    public static SearchRequest ToRequest(this V1.SearchRegistrantsRequest wire) =>
        new()
        {
            Query = ToQuery(wire.Query),
            Sort = [.. wire.Sort.Select(s => new SortField(s.Field, s.Descending))],
            Page = new PageRequest(wire.PageSize, wire.HasAfter ? wire.After : null),
            Count = wire.Count switch
            {
                V1.SearchCount.Unspecified => SearchCount.None,
                V1.SearchCount.Estimate => SearchCount.Estimate,
                V1.SearchCount.Exact => SearchCount.Exact,
                _ => throw UnreadableMessageException.Of(
                    "count",
                    "unknown",
                    "expected a value that this version knows"
                ),
            },
            Options = wire.Options.ToRequest(),
        };

    public static IEnumerable<V1.SearchRegistrantsReply> ToWire(this SearchPage page)
    {
        foreach (var item in page.Items)
        {
            yield return new V1.SearchRegistrantsReply { Registrant = item.ToWire() };
        }

        var end = new V1.SearchEnd { TotalIsExact = page.TotalIsExact };
        if (page.Next is { } next)
        {
            end.Next = next;
        }

        if (page.Total is { } total)
        {
            end.Total = total;
        }

        yield return new V1.SearchRegistrantsReply { End = end };
    }

    /// <summary>The page; <c>null</c> when its end is missing or something follows it.</summary>
    public static SearchPage? ToPage(this IReadOnlyList<V1.SearchRegistrantsReply> replies)
    {
        var items = replies.SkipLast(1).ToList();
        if (
            replies.Count == 0
            || replies[^1].End is not { } end
            || items.Exists(r => r.PartCase != V1.SearchRegistrantsReply.PartOneofCase.Registrant)
        )
        {
            return null;
        }

        return new SearchPage([.. items.Select(r => r.Registrant.ToView())], end.HasNext ? end.Next : null)
        {
            Total = end.HasTotal ? end.Total : null,
            TotalIsExact = end.TotalIsExact,
        };
    }

    private static Query ToQuery(string json)
    {
        var query = QueryReader.Read(json);
        return query.Succeeded ? query.Value : throw new UnreadableMessageException(query.Problem);
    }
}
