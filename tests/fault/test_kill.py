"""kill -9 of the server, the worker and the agents, at any moment of the way of a change.

After each start all that was acknowledged is there. At the end every execution has reached an
end, no action has succeeded twice, and no deployment has touched a host outside of its turn.
"""
import threading

import setup
from flow import Flow
from house import House

VICTIMS = {"server": 4, "worker": 2, "web-1": 1, "web-2": 1}
LONGEST_PAUSE_SECONDS = 2.5


class Killer:
    """Kills, starts again, looks whether all is there; until it has done so often enough."""

    def __init__(self, flow, dice, kills):
        self.flow, self.dice, self.kills = flow, dice, kills
        self.failure = None
        self.thread = threading.Thread(target=self.run)

    def run(self):
        try:
            for number in range(self.kills):
                if self.flow.is_over.wait(self.dice.uniform(0, LONGEST_PAUSE_SECONDS)):
                    return
                victim = self.dice.choices(list(VICTIMS), list(VICTIMS.values()))[0]
                self.kill(victim, number)
        except BaseException as failure:  # the other thread's to raise
            self.failure = failure
        finally:
            self.flow.is_over.set()

    def kill(self, victim, number):
        house, flow = self.flow.house, self.flow
        if victim == "worker":
            killed = house.kill_worker()
        elif victim in setup.INSTANCES:
            killed = house.kill_agent(victim)
        else:
            acknowledged = dict(flow.acknowledged)
            killed = house.server.pid
            house.kill_server()
            flow.tell(f"kill {number + 1}: {victim} {killed}")
            house.start_server()
            flow.tell("the server is back")
            flow.check_refs(acknowledged)
            return
        flow.tell(f"kill {number + 1}: {victim} {killed}")


def test_nothing_is_lost_or_done_twice_whatever_is_killed(database, dice, kills):
    with House.open(["--workers", "1", *database]) as house:
        house.start_server()
        flow = Flow(house)
        killer = Killer(flow, dice, kills)
        try:
            flow.set_up()
            assert flow.deliver(1) == "Succeeded"
            killer.thread.start()
            number = 1
            while not flow.is_over.is_set():
                number += 1
                flow.deliver(number)
            killer.thread.join()
            if killer.failure:
                raise killer.failure
            flow.wait_for_deployments()
            assert flow.deliver(number + 1) == "Succeeded", "nothing was killed meanwhile"
            flow.check()
            for name in setup.INSTANCES:
                assert flow.acknowledged[f"v{number + 1}"][:8] in house.fetch(name)
        except BaseException:
            print("\n".join(["", "---- what happened ----"] + flow.story))
            raise
        finally:
            flow.is_over.set()
            if killer.thread.ident:
                killer.thread.join()
        print("\n".join(["", "---- what happened ----"] + flow.story))
        ends = {status: list(flow.ended.values()).count(status) for status in set(flow.ended.values())}
        print(f"{kills} kills, {len(flow.acknowledged)} pushes, executions ended: {ends}")
