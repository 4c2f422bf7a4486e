import asyncio, os, sys
import simpleobsws

async def main():
    client = simpleobsws.WebSocketClient(url=sys.argv[1], password=os.environ["OBS_PASSWORD"])
    await client.connect()
    await client.wait_until_identified()
    settings = {"server": sys.argv[2], "key": "a-key", "use_auth": False}
    answer = await client.call(simpleobsws.Request("SetStreamServiceSettings", {"streamServiceType": "rtmp_custom", "streamServiceSettings": settings}))
    assert answer.ok()
    await client.disconnect()

asyncio.run(main())
