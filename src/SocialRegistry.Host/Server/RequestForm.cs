using System.Collections.Frozen;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Host.Server;

/// <summary>
/// What a request to our own API may look like at all: query parameters that its route does not have are refused, never passed over,
/// and a key of which there can be one is not sent twice.
/// </summary>
internal sealed class RequestForm(RequestDelegate next)
{
    private const string IdempotencyKey = "Idempotency-Key";

    private static readonly ConditionalWeakTable<Endpoint, FrozenSet<string>> Known = [];

    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is not RouteEndpoint route || !context.Request.Path.StartsWithSegments("/api/v1"))
        {
            return next(context);
        }

        // Two lines of a header and one line with a comma are the same to HTTP (RFC 9110 §5.3).
        var keys = context.Request.Headers[IdempotencyKey];
        if (keys.Count > 1 || keys.ToString().Contains(',', StringComparison.Ordinal))
        {
            return context.RefuseAsync(
                Problem.Invalid(
                    "request.header_repeated",
                    $"Send the header {IdempotencyKey} once, without a comma.",
                    new FieldProblem(IdempotencyKey, "repeated", "One key a request.")
                )
            );
        }

        if (context.Request.Query.Count == 0)
        {
            return next(context);
        }

        var known = Known.GetValue(route, e => QueryNames((RouteEndpoint)e));
        var unknown = context.Request.Query.Keys.Where(name => !known.Contains(name)).Take(20).ToList();
        return unknown.Count == 0
            ? next(context)
            : context.RefuseAsync(
                Problem.Invalid(
                    "request.query_unknown",
                    known.Count == 0
                        ? "This route takes no query parameters."
                        : "This route takes the query parameters "
                            + string.Join(", ", known.Order(StringComparer.Ordinal))
                            + ".",
                    [.. unknown.Select(name => new FieldProblem(Printable(name), "unknown", "Leave it out."))]
                )
            );
    }

    /// <summary>The names of the query parameters that a route's handler binds.</summary>
    public static FrozenSet<string> QueryNames(RouteEndpoint endpoint)
    {
        var inPath = endpoint.RoutePattern.Parameters.Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var parameters = endpoint.Metadata.GetMetadata<MethodInfo>()?.GetParameters() ?? [];
        return parameters
            .SelectMany(p =>
                p.GetCustomAttribute<AsParametersAttribute>() is null
                    ? Name(p, p.Name, p.ParameterType)
                    : p.ParameterType.GetProperties().SelectMany(m => Name(m, m.Name, m.PropertyType))
            )
            .Where(name => !inPath.Contains(name))
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }

    private static IEnumerable<string> Name(ICustomAttributeProvider member, string? name, Type type)
    {
        var attributes = member.GetCustomAttributes(inherit: true);
        if (attributes.OfType<IFromQueryMetadata>().FirstOrDefault() is { } fromQuery)
        {
            return [fromQuery.Name ?? name!];
        }

        var elsewhere = attributes.Any(a =>
            a
                is IFromHeaderMetadata
                    or IFromRouteMetadata
                    or IFromBodyMetadata
                    or IFromFormMetadata
                    or FromServicesAttribute
        );
        return !elsewhere && IsText(type) ? [name!] : [];
    }

    /// <summary>What the framework reads from the query when nothing else is said.</summary>
    private static bool IsText(Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        return bare == typeof(string) || bare.IsPrimitive || bare.IsEnum || (bare.IsValueType && HasTryParse(bare));
    }

    private static bool HasTryParse(Type type) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Static).Any(m => m.Name == "TryParse");

    /// <summary>A name that came from outside, fit to be shown.</summary>
    private static string Printable(string name)
    {
        var text = name.Length <= 60 ? name : name[..60];
        return text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-') ? text : "?";
    }
}
