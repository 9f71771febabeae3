using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Consents;

/// <summary>Settings of consents (configuration section <c>Registry:Consents</c>).</summary>
public sealed record ConsentOptions
{
    /// <summary>Name of the PII controller in records and receipts; absent means <c>Registry:Disclosures:Institution</c>, or else the tenant.</summary>
    [MaxLength(200)]
    public string? Controller { get; init; }

    /// <summary>How the controller is reached, in receipts: an address or e-mail.</summary>
    [MaxLength(200)]
    public string? ControllerContact { get; init; }

    /// <summary>How a person takes a consent back, as receipts tell her.</summary>
    [MaxLength(500)]
    public string WithdrawalMethod { get; init; } =
        "On the person's own page of this registry, or at any of its desks.";
}

internal static class ConsentServices
{
    public static void AddConsents(IServiceCollection services)
    {
        services
            .AddOptions<ConsentOptions>()
            .BindConfiguration("Registry:Consents")
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<ConsentOptions>>().Value);
        services.AddSingleton<ConsentGate>();
        services.AddSingleton<ConsentChecks>();
        services.AddSingleton<ConsentReceipts>();
        services.AddSingleton<ReadConsents>();
        services.AddSingleton<WriteConsents>();
        services.AddSingleton<IConsents, ConsentsPort>();
    }
}
