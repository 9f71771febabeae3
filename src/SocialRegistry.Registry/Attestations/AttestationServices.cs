using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Attestations;

internal static class AttestationServices
{
    public static IServiceCollection AddAttestations(this IServiceCollection services)
    {
        services.AddSingleton<AttestationReader>();
        services.AddSingleton<AttestationTransitions>();
        services.AddSingleton<StateAttestations>();
        services.AddSingleton<AttestationHistory>();
        services.AddSingleton<WaitingAttestations>();
        services.AddSingleton<ExpireAttestations>();
        services.AddHostedService<ExpiryWorker>();
        return services.AddSingleton<IAttestations, AttestationsPort>();
    }
}
