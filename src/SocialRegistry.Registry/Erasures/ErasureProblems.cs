using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Erasures;

/// <summary>What can be refused about erasures. Codes are stable.</summary>
internal static class ErasureProblems
{
    public static Problem Off { get; } =
        Problem.Forbidden("erasures.off", "This deployment does not erase records (Registry:Erasures:Allowed).");

    public static Problem None { get; } =
        Problem.NotFound("erasures.not_found", "Nobody has asked for the erasure of this record.");

    public static Problem Standing { get; } =
        Problem.Conflict("erasures.standing", "The erasure of this record was asked for already.");

    public static Problem OwnRequest { get; } =
        Problem.Forbidden("erasures.own_request", "Another person than the one who asked has to confirm.");

    public static Problem NotOfGroups { get; } =
        Problem.Invalid("erasures.not_of_groups", "Persons are erased; a group is dissolved or archived.");

    public static Problem Invalid(IReadOnlyList<FieldProblem> fields) =>
        Problem.Invalid("erasures.invalid", "The request cannot be taken as it is.", fields);
}

/// <summary>Settings of erasures (configuration section <c>Registry:Erasures</c>).</summary>
public sealed record ErasureOptions
{
    /// <summary>Whether records can be erased at all; off unless set.</summary>
    public bool Allowed { get; init; }
}

internal static class ErasureServices
{
    public static void AddErasures(IServiceCollection services)
    {
        services.AddOptions<ErasureOptions>().BindConfiguration("Registry:Erasures").ValidateOnStart();
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<ErasureOptions>>().Value);
        services.AddSingleton<EraseRecord>();
        services.AddSingleton<LeftHouseholds>();
        services.AddSingleton<IErasures, ErasuresPort>();
    }
}
