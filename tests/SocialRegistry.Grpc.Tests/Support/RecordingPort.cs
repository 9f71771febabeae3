using System.Reflection;

namespace SocialRegistry.Grpc.Tests.Support;

/// <summary>A port that notes what it was asked and answers as told.</summary>
public class RecordingPort : DispatchProxy
{
    /// <summary>Answers a call; the value is what the port's task returns.</summary>
    public Func<MethodInfo, object?[], Task<object?>> Answer { get; set; } =
        (method, _) => throw new InvalidOperationException(method.Name + " was not expected.");

    public static (T Port, RecordingPort Record) Create<T>()
        where T : class
    {
        var port = Create<T, RecordingPort>();
        return (port, (RecordingPort)(object)port);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var result = targetMethod!.ReturnType.GetGenericArguments().Single();
        return typeof(RecordingPort)
            .GetMethod(nameof(AnswerAsync), BindingFlags.NonPublic | BindingFlags.Instance)!
            .MakeGenericMethod(result)
            .Invoke(this, [targetMethod, args]);
    }

    private async Task<T> AnswerAsync<T>(MethodInfo method, object?[] args) => (T)(await Answer(method, args))!;
}
