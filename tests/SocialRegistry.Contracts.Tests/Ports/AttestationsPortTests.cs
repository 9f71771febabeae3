namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>The suite of the port <c>IAttestations</c>.</summary>
public abstract class AttestationsPortTests : PortTests;
