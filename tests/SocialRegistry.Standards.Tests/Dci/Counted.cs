using System.Reflection;
using SocialRegistry.Contracts;

namespace SocialRegistry.Standards.Tests.Dci;

/// <summary>The real port, and the names of the calls it was asked.</summary>
public class Counted : DispatchProxy
{
    private readonly List<string> calls = [];
    private IRegistrants inner = null!;

    internal static (IRegistrants Registrants, IReadOnlyList<string> Calls) Of(IRegistrants inner)
    {
        var proxy = Create<IRegistrants, Counted>();
        var counted = (Counted)(object)proxy;
        counted.inner = inner;
        return (proxy, counted.calls);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        calls.Add(targetMethod!.Name);
        return targetMethod.Invoke(inner, args);
    }
}
