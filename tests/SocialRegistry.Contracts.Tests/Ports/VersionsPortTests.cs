namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>The suite of the port <c>IVersions</c>.</summary>
public abstract class VersionsPortTests : PortTests;
