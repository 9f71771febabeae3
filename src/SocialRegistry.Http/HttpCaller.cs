using System.Reflection;
using Microsoft.AspNetCore.Http;
using SocialRegistry.Contracts;

namespace SocialRegistry.Http;

/// <summary>
/// The caller of an HTTP request, as a parameter of endpoints. The authentication of <c>Access</c> puts it on
/// <see cref="HttpContext.Features"/> as <see cref="ICallerFeature"/>; an endpoint reached without one is a bug (deny by default).
/// </summary>
public sealed class HttpCaller
{
    private readonly Caller caller;

    private HttpCaller(Caller caller) => this.caller = caller;

    /// <summary>The caller with the door it came through and its stated purpose (header <c>X-Purpose</c>).</summary>
    public Caller ToCaller(string channel = "api") => caller with { Channel = channel };

    public static ValueTask<HttpCaller?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult<HttpCaller?>(
            new HttpCaller(
                context.Features.Get<ICallerFeature>()?.Caller
                    ?? throw new InvalidOperationException("No caller: the route has no authorization policy.")
            )
        );
}

/// <summary>Set by the authentication handlers.</summary>
public interface ICallerFeature
{
    Caller Caller { get; }
}
